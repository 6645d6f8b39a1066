import type { Json } from '../json';
import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

const english = readerOf('en');
const chinese = readerOf('zh-CN');
const card = (name: string, locale = english) => formatter.format(sample<Json>(name), locale);

it('the card is critical while an issue is open', () => {
  expect(card('health-issue-open')).toMatchObject({
    title: 'Health event · EC2 operational issue · us-east-1',
    severity: 'critical',
  });
  expect(card('health-issue-open', chinese).title).toBe('健康事件 · EC2 运行故障 · us-east-1');
});

it('the card is resolved when the issue is over', () => {
  expect(card('health-issue-resolved').severity).toBe('resolved');
  expect(card('health-issue-resolved', chinese).title).toBe('健康事件已恢复 · EC2 运行故障 · us-east-1');
});

it('the card treats an issue with an end as over, but not a maintenance window with an end', () => {
  const issue = sample<Record<string, Json>>('health-issue-resolved');
  const { statusCode: _, ...detail } = issue.detail;
  expect(formatter.format({ ...issue, detail }, english).severity).toBe('resolved');
  expect(card('health-scheduled-change-many-instances').severity).toBe('warning');
});

it.each([
  ['health-investigation', 'warning'],
  ['health-lifecycle', 'warning'],
  ['health-account-notification-zh', 'info'],
  ['health-credentials-exposed', 'critical'],
])('takes %s for %s', (name, severity) => {
  expect(card(name).severity).toBe(severity);
});

it('the card names all 40 instances, each with its status and tags', () => {
  const { title, facts } = card('health-scheduled-change-many-instances', chinese);
  const lines = facts?.find(({ label }) => label === '资源 (40)')?.value.split('\n');
  expect(title).toMatch(/^健康事件 · EC2 实例计划重启 · i-0\w+ 等 40 个资源$/);
  expect(lines).toHaveLength(40);
  expect(lines?.[39]).toMatch(/^i-0\w+ · 已解决 · Name=order-api-40, stage=prod$/);
});

it('the card says when a planned change starts and ends', () => {
  const planned = card('health-scheduled-change-many-instances');
  expect(factOf(planned, 'Starts')).toBe('Tue, 29 Sep 2026 18:00:00 GMT');
  expect(factOf(planned, 'Until')).toBe('Tue, 29 Sep 2026 22:00:00 GMT');
  expect(factOf(planned, 'Action')).toBe('required');
});

it('the card says which version a lifecycle event is about', () => {
  expect(factOf(card('health-lifecycle'), 'Details')).toBe('deprecated_versions=PostgreSQL 13');
});

it('the card names the affected account and Region, not those that received a copy', () => {
  const event = sample<Record<string, Json>>('health-backup-region-copy');
  const own = { ...event, detail: { ...event.detail, eventScopeCode: 'ACCOUNT_SPECIFIC' as unknown as Json } };
  const copy = formatter.format(own, english);
  expect(copy.title).toContain('eu-central-1');
  expect(factOf(copy, 'Region')).toBe('eu-central-1 (received in us-west-2)');
  expect(factOf(copy, 'Account')).toBe('444455556666, received by 111122223333');
});

it('the card marks a public event as not about one account', () => {
  expect(factOf(card('health-issue-open'), 'Account')).toBe('111122223333, among others (public event)');
  expect(factOf(card('health-issue-open', chinese), '账号')).toBe('111122223333 等账号（公共事件）');
});

it('the card shows configured account names', () => {
  const names = { '444455556666': 'prod', '111122223333': 'audit' };
  const locale = readerOf('en', names);
  expect(factOf(card('health-backup-region-copy', locale), 'Account')).toBe(
    'prod (444455556666), among others (public event), received by audit (111122223333)',
  );
});

it('the card numbers the pages of a long event', () => {
  expect(card('health-issue-paged').title).toContain('(2/3)');
  expect(factOf(card('health-issue-open'), 'Page')).toBeUndefined();
});

it('the card quotes AWS in the reader’s language, otherwise in English', () => {
  expect(card('health-account-notification-zh', chinese).quote).toMatch(/^ACM 已完成.*\n新证书/);
  expect(card('health-account-notification-zh', english).quote).toMatch(/^This is to notify you/);
  expect(card('health-issue-open', chinese).quote).toMatch(/^We are investigating/);
});

it('the card quotes a long description whole and with real line breaks', () => {
  const quote = card('health-long-description').quote ?? '';
  expect(Buffer.byteLength(quote)).toBeGreaterThan(28_000);
  expect(quote).toContain('次更新');
  expect(quote).toContain('\n\n');
  expect(quote).not.toContain('\\n');
});

it('the card never uses text of an event as its own markup', () => {
  const hostile = card('hostile-description');
  expect(hostile.quote).toContain('<!channel>');
  expect(hostile.text).not.toMatch(/[<@|]/);
  expect(hostile.links?.map(({ url }) => url).join()).not.toMatch(/[<>"\s]/);
});

it('the card links to the event in the console of the right partition', () => {
  expect(card('health-issue-open').links?.[0]?.url).toMatch(
    /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/health\/home\?region=us-east-1#\/account\/event-log\?eventID=arn:aws:health:/,
  );
  expect(card('health-account-notification-zh').links?.[0]?.url).toMatch(
    /^https:\/\/cn-north-1\.console\.amazonaws\.cn/,
  );
});

it('the card shows an unknown event type in words', () => {
  expect(card('health-investigation').title).toBe(
    'Health event · DIRECTCONNECT connectivity investigation · dxcon-fg5678gh',
  );
});

it('format() accepts text where a list is expected', () => {
  const event = sample<Record<string, unknown>>('health-issue-open');
  const detail = { ...event.detail, affectedEntities: 'i-0abc', eventDescription: 'Power is\\nlost' };
  const odd: unknown = { ...event, detail };
  expect(formatter.format(odd as Parameters<typeof formatter.format>[0], english)).toMatchObject({
    title: 'Health event · EC2 operational issue · i-0abc',
    quote: 'Power is\nlost',
  });
});

it('format() never throws, whatever an event holds', () => {
  for (const event of distortions(sample('health-lifecycle'))) {
    const { title } = formatter.format(event as Parameters<typeof formatter.format>[0], chinese);
    expect(title).toContain('健康事件');
  }
});
