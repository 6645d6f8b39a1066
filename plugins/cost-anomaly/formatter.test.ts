import { matcher } from '../../functions/notifier/format/event-pattern';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import type { AwsEvent } from '../formatter';
import type { Json } from '../json';
import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

const [english, chinese] = [readerOf('en'), readerOf('zh-CN')];
type Event = AwsEvent<Json>;

/** What Cost Anomaly Detection publishes to the topic, as the notifier reads it. */
const published = unwrapEvents(sample('cost-anomaly-service'))[0] as Event;
const { message } = published.detail as unknown as { message: Record<string, unknown> };
/** The same over the bus. */
const { dimensionalValue, ...fields } = message;
const event = (more: object = {}): Event => ({
  ...published,
  source: 'aws.ce',
  'detail-type': 'Anomaly Detected',
  detail: { ...fields, dimensionValue: dimensionalValue, ...more } as unknown as Json,
});

it('the pattern matches anomalies from the topic and from the bus, and nothing else', () => {
  const matches = matcher(formatter.pattern);
  expect([published, event()].map(matches)).toEqual([true, true]);
  expect([event({ anomalyId: undefined }), { ...event(), source: 'my.app' }].map(matches)).toEqual([false, false]);
});

it('the card says what costs more, by how much, since when, and where', () => {
  for (const one of [published, event()]) {
    const card = formatter.format(one, english);
    expect(card.title).toBe('Cost anomaly · Amazon Elastic Compute Cloud - Compute · +$774.90');
    expect(card.severity).toBe('warning');
    const facts = ['Above expectation', 'Spent', 'Expected', 'Days', 'Account'].map((label) => factOf(card, label));
    expect(facts).toEqual(['$774.90 · 804 %', '$871.30', '$96.40', '2026-09-12 – 2026-09-14', 'payer (111122223333)']);
    expect(factOf(card, 'Causes')).toBe(
      'Amazon Elastic Compute Cloud - Compute · ap-southeast-1 · prod (444455556666) · APS1-BoxUsage:p5.48xlarge',
    );
  }
});

it('the card is in Chinese for a Chinese reader', () => {
  const card = formatter.format(published, chinese);
  expect(card.title).toBe('告警 · 费用异常 · Amazon Elastic Compute Cloud - Compute · +$774.90');
  expect(card.facts?.map(({ label }) => label)).toEqual([
    ...['超出预期', '实际费用', '预期费用', '日期', '原因', '账号', '监控器'],
  ]);
});

it('the card prefers the configured account name to the organization’s', () => {
  const card = formatter.format(published, readerOf('en', { '444455556666': '生产' }));
  expect(factOf(card, 'Causes')).toContain(' · 生产 (444455556666) · ');
});

it('the card shows what a cause contributes, and a single day once', () => {
  const rootCauses = [{ service: 'S3', impact: { contribution: 1601 } }];
  const card = formatter.format(event({ rootCauses, anomalyEndDate: '2026-09-12T00:00:00Z' }), english);
  expect([factOf(card, 'Causes'), factOf(card, 'Days')]).toEqual(['S3 · $1,601.00', '2026-09-12']);
});

it('the card links to the anomaly in the console, and to no other host', () => {
  const linkOf = (anomalyDetailsLink: string) =>
    formatter.format(event({ anomalyDetailsLink }), english).links?.[0]?.url;
  expect(formatter.format(published, english).links?.[0]?.url).toBe(message.anomalyDetailsLink);
  for (const evil of ['https://evil.example/', 'https://console.aws.amazon.com.evil.example/', 'javascript:alert(1)'])
    expect(linkOf(evil)).toMatch(/^https:\/\/us-east-1\.console\.aws\.amazon\.com\/cost-management\/home/);
});

it('dedupKeys() are the same for both ways, and a new event of the incident when the anomaly has grown', () => {
  expect(formatter.dedupKeys(event())).toEqual(formatter.dedupKeys(published));
  const grown = formatter.dedupKeys(event({ impact: { totalImpact: 900 } }));
  expect(grown?.incident).toEqual(formatter.dedupKeys(published)?.incident);
  expect(grown?.event).not.toEqual(formatter.dedupKeys(published)?.event);
});

it('format() never throws, whatever an event holds', () => {
  for (const odd of [...distortions(published), ...distortions(event())]) {
    expect(formatter.format(odd as Event, chinese).title).toContain('费用异常');
    expect(() => formatter.dedupKeys(odd as Event)).not.toThrow();
  }
});
