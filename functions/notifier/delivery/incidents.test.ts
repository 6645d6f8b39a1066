import type { Severity } from '@casebell/im/webhooks';
import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, NOON } from '../entry.fixture';
import type { Entry, Incident } from '../outbox/outbox';
import { correlate } from './incidents';

type Correlated = ReturnType<typeof correlate>;

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const [en, zh] = [testLocale('en'), testLocale('zh-CN')];

/** An event of one incident, that many ms after noon. */
function news(name: string, after: number, severity: Severity = 'critical'): Entry {
  const time = new Date(NOON + after).toISOString();
  return entryNamed(name, { incident: 'alarm', contentHash: name, card: cardNamed(name, { severity }) }, { time });
}

/** The last entry, after those before it were delivered at once. */
function afterAll(entries: readonly Entry[], locale = en): Correlated {
  let known: Incident | undefined;
  let last: Correlated = { card: undefined, incident: undefined };
  for (const entry of entries) {
    last = correlate(entry, known, Date.parse(entry.event.time), locale);
    known = last.incident ?? known;
  }
  return last;
}

it('correlate() keeps the card of an event without incident, and stores nothing', () => {
  const entry = entryNamed('lone');
  expect(correlate(entry, undefined, NOON, en)).toEqual({ card: entry.card, incident: undefined });
});

it('correlate() keeps the first card of an incident, and stores its time', () => {
  const entry = news('CPU high', 0);
  const incident = {
    firstNotifiedAt: NOON,
    contentHash: 'CPU high',
    lastNotifiedEventAt: '2026-05-01T12:00:00.000Z',
    latestEventAt: '2026-05-01T12:00:00.000Z',
    isResolved: false,
  };
  expect(correlate(entry, undefined, NOON, en)).toEqual({ card: entry.card, incident });
});

it.each([
  [en, 'Update · CPU 99 %', 'Follow-up', 'First notified 2026-05-01 20:00:00 UTC+08:00'],
  [zh, '更新 · CPU 99 %', '后续', '首次通知于 2026-05-01 20:00:00 UTC+08:00'],
])('correlate() marks an update, with the time of the first message', (say, title, label, value) => {
  const { card } = afterAll([news('CPU high', 0), news('CPU 97 %', MINUTE), news('CPU 99 %', 2 * MINUTE)], say);
  expect(card).toMatchObject({ title, severity: 'critical', facts: [{ label, value }] });
});

it.each([
  [en, 'Follow-up', 'First notified 2026-05-01 20:00:00 UTC+08:00'],
  [zh, '后续', '首次通知于 2026-05-01 20:00:00 UTC+08:00'],
])('correlate() names the first message in the card of the end, and keeps its title', (say, label, value) => {
  const { card, incident } = afterAll([news('CPU high', 0), news('OK', MINUTE, 'resolved')], say);
  expect(card).toEqual({ title: 'OK', severity: 'resolved', facts: [{ label, value }] });
  expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
});

it('correlate() puts the note before the facts of the card', () => {
  const own = { label: 'Region', value: 'us-east-1' };
  const later = { ...news('OK', MINUTE, 'resolved'), card: cardNamed('OK', { severity: 'resolved', facts: [own] }) };
  expect(afterAll([news('CPU high', 0), later]).card?.facts).toEqual([
    expect.objectContaining({ label: 'Follow-up' }),
    own,
  ]);
});

it('correlate() deduplicates cards that differ in nothing but times, up to a day after delivery', () => {
  expect(afterAll([news('high', 0), news('high', MINUTE)]).card).toBeUndefined();
  expect(afterAll([news('high', 0), news('high', DAY)]).card).toBeUndefined();
  expect(afterAll([news('high', 0), news('high', -MINUTE)]).card).toBeUndefined();
});

it('correlate() delivers the same card again after a day', () => {
  const { card } = afterAll([news('high', 0), news('high', DAY + 1)]);
  expect(card).toMatchObject({ title: 'Update · high', facts: [{ label: 'Follow-up' }] });
});

it.each([
  [en, 'Late event (state at 2026-05-01 20:05:00 UTC+08:00 already posted)'],
  [zh, '迟到的事件：此前已通知 2026-05-01 20:05:00 UTC+08:00 的状态'],
])('correlate() marks a late event, and keeps the incident', (say, value) => {
  const { time } = news('', 5 * MINUTE).event;
  const known: Incident = {
    firstNotifiedAt: NOON,
    contentHash: 'OK',
    lastNotifiedEventAt: time,
    latestEventAt: time,
    isResolved: true,
  };
  const { card, incident } = correlate(news('CPU high', 0), known, NOON + 6 * MINUTE, say);
  expect(card).toMatchObject({ title: 'CPU high', facts: [{ value }] });
  expect(incident).toEqual(known);
});

it('correlate() begins a new incident after the end of the last one', () => {
  const again = news('high', 10 * MINUTE);
  const { card, incident } = afterAll([news('high', 0), news('OK', MINUTE, 'resolved'), again]);
  expect(card).toEqual(again.card);
  expect(incident).toMatchObject({ firstNotifiedAt: NOON + 10 * MINUTE, isResolved: false });
});

it('correlate() stores an end whose beginning was not delivered', () => {
  const end = news('OK', 0, 'resolved');
  expect(correlate(end, undefined, NOON, en)).toMatchObject({ card: end.card, incident: { isResolved: true } });
});

it('correlate() marks a second, different end as a follow-up', () => {
  const { card, incident } = afterAll([
    news('high', 0),
    news('OK', MINUTE, 'resolved'),
    news('OK now', 2 * MINUTE, 'resolved'),
  ]);
  expect(card).toMatchObject({ title: 'OK now', facts: [{ label: 'Follow-up' }] });
  expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
});

it('correlate() accepts events without a time', () => {
  const timeless = (name: string) => entryNamed(name, { incident: 'i', contentHash: name }, { time: '' });
  const first = correlate(timeless('a'), undefined, NOON, en);
  expect(correlate(timeless('a'), first.incident, NOON, en).card).toBeUndefined();
  expect(correlate(timeless('b'), first.incident, NOON, en).card?.title).toBe('Update · b');
});

it('correlate() marks an event as late that is older than a deduplicated one', () => {
  const known = afterAll([news('high', 0), news('high', 10)]).incident;
  const { card, incident } = correlate(news('OK', 5, 'resolved'), known, NOON + MINUTE, en);
  expect(card?.facts?.[0]?.value).toMatch(/Late event/);
  expect(incident).toMatchObject({ isResolved: false });
});
