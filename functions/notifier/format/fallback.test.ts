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

describe('the fallback card of an event', () => {
  const card = fallback.format(event(), locale);

  it('has its type and its state as the title', () => {
    expect(card).toMatchObject({ title: 'Backup Job State Change · FAILED', severity: 'warning' });
  });

  it('shows where and when, in the reader’s language and time zone, and the most important fields first', () => {
    expect(card?.facts).toEqual([
      { label: '来源', value: 'aws.backup\narn:aws-cn:backup:cn-north-1:111122223333:recovery-point:abc' },
      { label: '账号', value: '111122223333' },
      { label: '区域', value: 'cn-north-1' },
      { label: '时间', value: '2026-11-20 11:00:00 UTC+08:00' },
      { label: 'state', value: 'FAILED' },
      { label: 'statusMessage', value: 'no space' },
      { label: 'deep.name', value: 'x' },
      { label: 'backupJobId', value: 'j-1' },
      { label: 'bytes', value: '5' },
    ]);
  });

  it('links to the service’s console in the right partition', () => {
    expect(card?.links).toEqual([
      { label: '打开控制台', url: 'https://cn-north-1.console.amazonaws.cn/backup/home?region=cn-north-1' },
    ]);
  });

  it('shows prose as the quote, and an address as a link', () => {
    const long = '磁盘'.repeat(100);
    const made = fallback.format(event({ detail: { description: long, report: 'https://example.com/r' } }), locale);
    expect(made).toMatchObject({ quote: long, links: [{ label: 'report', url: 'https://example.com/r' }, {}] });
  });

  it('counts the fields that are not shown, and marks a truncated value', () => {
    const detail = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`field${index}`, `v${index}`]));
    const facts =
      fallback.format(event({ detail: { ...detail, reason: 'r'.repeat(200), cause: '长'.repeat(300) } }), locale)
        ?.facts ?? [];
    expect(facts.at(-1)).toEqual({ label: '未显示字段', value: '+3' });
    expect(facts.find(({ label }) => label === 'cause')?.value).toMatch(/^长+…$/);
  });

  it('shows an address that no platform accepts as text', () => {
    const url = 'https://user:pass@my_bucket.example.com/x';
    expect(fallback.format(event({ detail: { url } }), locale)?.facts).toContainEqual({ label: 'url', value: url });
  });

  it.each([
    ['备份失败', 'warning'],
    ['Guard Duty 发现异常事件: ', 'warning'],
    ['Backup failed', 'warning'],
    ['服务故障已恢复', 'info'],
    ['备份完成', 'info'],
  ])('takes the text %s for %s, whichever language it is in', (words, severity) => {
    expect(fallback.format(text(words), locale)?.severity).toBe(severity);
  });

  it('is not a warning because of a nested error code', () => {
    expect(fallback.format(event({ detail: { status: 'COMPLETED', errorCode: 'none' } }), locale)?.severity).toBe(
      'info',
    );
  });
});

describe('the fallback card of a text of keys and values', () => {
  const stack = [
    "StackId='arn:aws:cloudformation:x'",
    "ResourceStatus='CREATE_FAILED'",
    "StackName='web'",
    "ResourceType='AWS::EC2::Instance'",
  ];

  it('shows the fields, and is a warning when the state is bad', () => {
    const card = fallback.format(text(stack.join('\n'), 'AWS CloudFormation Notification'), locale);
    expect(card).toMatchObject({ title: 'AWS CloudFormation Notification · CREATE_FAILED', severity: 'warning' });
    expect(card?.facts).toContainEqual({ label: 'StackName', value: 'web' });
  });

  it('shows the text when a key occurs twice, or when there are too many keys', () => {
    const hosts = Array.from({ length: 14 }, (_, index) => `host-${index}: down`);
    const disks = ['Host: a', 'Disk: 1', 'Disk: 2', 'State: bad'];
    for (const lines of [hosts, disks])
      expect(fallback.format(text(lines.join('\n'), 'x'), locale)?.quote).toBe(lines.join('\n'));
  });

  it('shows a message that contains a colon as text', () => {
    const letter = ['Dear all:', 'the disk: full', 'so: please clean it', 'thanks'].join('\n');
    expect(fallback.format(text(letter, 'Disk'), locale)).toMatchObject({ quote: letter });
  });
});

describe('the fallback card of a plain text', () => {
  it('has its subject as the title', () => {
    expect(fallback.format(text('line one\nline two', 'Build'), locale)).toMatchObject({
      title: 'Build',
      quote: 'line one\nline two',
    });
  });

  it('without a subject has its first line as the title, and shows it once', () => {
    expect(fallback.format(text('line one\nline two'), locale)).toMatchObject({ title: 'line one', quote: 'line two' });
    expect(fallback.format(text('only this'), locale)).toMatchObject({ title: 'only this', quote: undefined });
  });

  it('that begins without a word has its type as the title', () => {
    expect(fallback.format(text('{\n"a": 1,,'), locale)).toMatchObject({
      title: 'SNS Notification',
      quote: '{\n"a": 1,,',
    });
  });

  it('of one long line has its beginning as the title, and is shown completely', () => {
    const long = '长'.repeat(500);
    expect(fallback.format(text(long), locale)).toMatchObject({
      title: expect.stringMatching(/^长{50,}…$/),
      quote: long,
    });
  });

  it('that is JSON of unknown origin shows its fields', () => {
    const json = event({
      source: 'aws.sns',
      detail: { subject: 'Anomaly', message: { anomalyId: 'a', impact: { total: 12 } } },
    });
    expect(fallback.format(json, locale)).toMatchObject({
      title: expect.stringMatching(/^Anomaly/),
      facts: expect.arrayContaining([{ label: 'total', value: '12' }]),
    });
  });
});

it.each([[undefined], [null], ['text'], [[]], [[1, { a: 1 }]], [{ a: { b: { c: { d: { e: { f: 1 } } } } } }]])(
  'makes a card of detail %j',
  (detail) => {
    expect(fallback.format(event({ detail }), locale)?.title).toBeTruthy();
  },
);
