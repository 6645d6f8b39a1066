import type { AwsEvent } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { fallback } from './fallback';

const locale = testLocale('zh-CN');
const event = (more: Partial<AwsEvent> = {}): AwsEvent => ({
  id: '1',
  source: 'aws.backup',
  'detail-type': 'Backup Job State Change',
  account: '111122223333',
  region: 'cn-north-1',
  time: '2026-11-20T03:00:00Z',
  resources: ['arn:aws-cn:backup:cn-north-1:111122223333:recovery-point:abc'],
  detail: { backupJobId: 'j-1', state: 'FAILED', statusMessage: 'no space', bytes: 5, nested: { deep: { name: 'x' } } },
  ...more,
});
const text = (message: string, subject?: string) =>
  event({ source: 'aws.sns', 'detail-type': 'SNS Notification', detail: { message, subject } });
const shown = (from: AwsEvent) => fallback.format(from, locale);

describe('the fallback card of an event', () => {
  it('has its type and state as the title, its place, time and most important fields, and a link to the console', () => {
    expect(shown(event())).toMatchObject({
      title: 'Backup Job State Change · FAILED',
      severity: 'warning',
      facts: [
        { label: '来源', value: 'aws.backup\narn:aws-cn:backup:cn-north-1:111122223333:recovery-point:abc' },
        { label: '账号', value: '111122223333' },
        { label: '区域', value: 'cn-north-1' },
        { label: '时间', value: '2026-11-20 11:00:00 UTC+08:00' },
        { label: 'state', value: 'FAILED' },
        { label: 'statusMessage', value: 'no space' },
        { label: 'deep.name', value: 'x' },
        { label: 'backupJobId', value: 'j-1' },
        { label: 'bytes', value: '5' },
      ],
      links: [{ label: '打开控制台', url: 'https://cn-north-1.console.amazonaws.cn/backup/home?region=cn-north-1' }],
    });
  });

  it('shows prose as the quote, an address as a link, and an address that no platform accepts as text', () => {
    const [description, url] = ['磁盘'.repeat(100), 'https://user:pass@my_bucket.example.com/x'];
    const card = shown(event({ detail: { description, report: 'https://example.com/r', url } }));
    expect(card).toMatchObject({ quote: description, links: [{ label: 'report', url: 'https://example.com/r' }, {}] });
    expect(card?.facts).toContainEqual({ label: 'url', value: url });
  });

  it('counts the fields that are not shown, and marks a truncated value', () => {
    const fields = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`field${index}`, `v${index}`]));
    const detail = { ...fields, reason: 'r'.repeat(200), cause: '长'.repeat(300) };
    const facts = shown(event({ detail }))?.facts ?? [];
    expect(facts.at(-1)).toEqual({ label: '未显示字段', value: '+3' });
    expect(facts.find(({ label }) => label === 'cause')?.value).toMatch(/^长+…$/);
  });

  it.each([
    ['备份失败', 'warning'],
    ['Guard Duty 发现异常事件: ', 'warning'],
    ['Backup failed', 'warning'],
    ['服务故障已恢复', 'info'],
    ['备份完成', 'info'],
  ])('takes the text %s for %s, whichever language it is in', (words, severity) => {
    expect(shown(text(words))?.severity).toBe(severity);
  });

  it('is not a warning because of a nested error code', () => {
    expect(shown(event({ detail: { status: 'COMPLETED', errorCode: 'none' } }))?.severity).toBe('info');
  });
});

describe('the fallback card of a text of keys and values', () => {
  it('shows the fields, and is a warning when the state is bad', () => {
    const id = "StackId='arn:aws:cloudformation:x'";
    const stack = `${id}\nResourceStatus='CREATE_FAILED'\nStackName='web'\nResourceType='AWS::EC2::Instance'`;
    const card = shown(text(stack, 'AWS CloudFormation Notification'));
    expect(card).toMatchObject({ title: 'AWS CloudFormation Notification · CREATE_FAILED', severity: 'warning' });
    expect(card?.facts).toContainEqual({ label: 'StackName', value: 'web' });
  });

  it.each([
    ['a key occurs twice', ['Host: a', 'Disk: 1', 'Disk: 2', 'State: bad']],
    ['there are too many keys', Array.from({ length: 14 }, (_, index) => `host-${index}: down`)],
    ['it is a message with colons', ['Dear all:', 'the disk: full', 'so: please clean it', 'thanks']],
  ])('shows the text when %s', (_, lines) => {
    expect(shown(text(lines.join('\n'), 'Disk'))?.quote).toBe(lines.join('\n'));
  });
});

describe('the fallback card of a plain text', () => {
  const long = '长'.repeat(500);

  it.each([
    ['has its subject as the title', text('line one\nline two', 'Build'), 'Build', 'line one\nline two'],
    ['without a subject has its first line as the title', text('line one\nline two'), 'line one', 'line two'],
    ['of one line shows it once', text('only this'), 'only this', undefined],
    ['that begins without a word has its type as the title', text('{\n"a": 1,,'), 'SNS Notification', '{\n"a": 1,,'],
    ['of one long line has its beginning as the title', text(long), expect.stringMatching(/^长{50,}…$/), long],
  ])('%s', (_, from, title, quote) => {
    expect(shown(from)).toMatchObject({ title, quote });
  });

  it('that is JSON of unknown origin shows its fields', () => {
    const detail = { subject: 'Anomaly', message: { anomalyId: 'a', impact: { total: 12 } } };
    const card = shown(event({ source: 'aws.sns', detail }));
    expect(card?.title).toMatch(/^Anomaly/);
    expect(card?.facts).toContainEqual({ label: 'total', value: '12' });
  });
});

it.each([[undefined], [null], ['text'], [[]], [[1, { a: 1 }]], [{ a: { b: { c: { d: { e: { f: 1 } } } } } }]])(
  'the fallback card of detail %j has a title',
  (detail) => {
    expect(shown(event({ detail }))?.title).toBeTruthy();
  },
);
