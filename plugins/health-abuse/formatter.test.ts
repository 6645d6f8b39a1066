import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

type Event = Parameters<typeof formatter.format>[0];
const english = readerOf('en');
const chinese = readerOf('zh-CN');

it('the card is critical and names the deadline for the reply', () => {
  const card = formatter.format(sample('health-abuse-dos'), english);
  expect(card).toMatchObject({ title: 'Abuse report · denial-of-service attack · 2 resources', severity: 'critical' });
  expect(card.text).toContain('24 hours');
});

it('the Chinese card contains the keyword of older robots', () => {
  const card = formatter.format(sample('health-abuse-dos'), chinese);
  expect(card.title).toBe('健康事件 · 滥用举报 · 拒绝服务攻击（DoS） · 2 个资源');
  expect(card.text).toContain('24 小时');
});

it('the card names every resource and quotes the report', () => {
  const card = formatter.format(sample('health-abuse-dos'), english);
  expect(factOf(card, 'Resources')?.split('\n')).toHaveLength(2);
  expect(card.quote).toContain('Internet.\n\nPlease investigate');
});

it('the card names a single resource in the title, and the code of an unknown report', () => {
  const event = sample<Record<string, unknown>>('health-abuse-dos');
  const detail: unknown = { ...event.detail, eventTypeCode: 'AWS_ABUSE_OPEN_RELAY_REPORT', affectedEntities: 'i-0abc' };
  expect(formatter.format({ ...event, detail } as Event, english).title).toBe('Abuse report · open relay · i-0abc');
});

it('the card is resolved when the report is closed', () => {
  const event = sample<Record<string, unknown>>('health-abuse-dos');
  const detail: unknown = { ...event.detail, statusCode: 'closed' };
  expect(formatter.format({ ...event, detail } as Event, english).severity).toBe('resolved');
});

it('format() never throws, whatever an event holds', () => {
  for (const event of distortions(sample('health-abuse-dos'))) {
    expect(formatter.format(event as Event, chinese).title).toContain('健康事件 · 滥用举报');
  }
});
