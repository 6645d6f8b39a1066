import type { Severity } from '@casebell/im/webhooks';
import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, itemOf, NOON } from '../entry.fixture';
import type { Entry, Incident } from '../outbox/outbox';
import { correlate, happenedAt, timeSpan } from './incidents';

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

/** What was delivered last, that many ms after noon. */
function incidentAt(after: number, contentHash: string, isResolved: boolean): Incident {
  const time = new Date(NOON + after).toISOString();
  return { firstNotifiedAt: NOON, contentHash, lastNotifiedEventAt: time, latestEventAt: time, isResolved };
}

it('correlate() keeps the card of an event without incident, and stores nothing', () => {
  const entry = entryNamed('lone');
  expect(correlate(entry, undefined, NOON, en)).toEqual({ card: entry.card, incident: undefined });
});

it('correlate() keeps the first card of an incident, and stores its time', () => {
  const entry = news('CPU high', 0);
  expect(correlate(entry, undefined, NOON, en)).toEqual({
    card: entry.card,
    incident: incidentAt(0, 'CPU high', false),
  });
});

it.each([
  [en, 'Update · CPU 99 %', 'Follow-up', 'First notified 2026-05-01 20:00:00 UTC+08:00'],
  [zh, '更新 · CPU 99 %', '后续', '首次通知于 2026-05-01 20:00:00 UTC+08:00'],
])(
  'correlate() puts the time of the first message before the facts of an update and an end',
  (say, title, label, value) => {
    const own = { label: 'Region', value: 'us-east-1' };
    const end = { ...news('OK', MINUTE, 'resolved'), card: cardNamed('OK', { severity: 'resolved', facts: [own] }) };
    const update = afterAll([news('CPU high', 0), news('CPU 97 %', MINUTE), news('CPU 99 %', 2 * MINUTE)], say);
    expect(update.card).toMatchObject({ title, severity: 'critical', facts: [{ label, value }] });
    const { card, incident } = afterAll([news('CPU high', 0), end], say);
    expect(card).toEqual({ title: 'OK', severity: 'resolved', facts: [{ label, value }, own] });
    expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
  },
);

it('correlate() deduplicates cards that differ in nothing but times, up to a day after delivery', () => {
  for (const after of [MINUTE, DAY, -MINUTE])
    expect(afterAll([news('high', 0), news('high', after)]).card).toBeUndefined();
  const { card } = afterAll([news('high', 0), news('high', DAY + 1)]);
  expect(card).toMatchObject({ title: 'Update · high', facts: [{ label: 'Follow-up' }] });
});

it.each([
  [en, 'Late event (state at 2026-05-01 20:05:00 UTC+08:00 already posted)'],
  [zh, '迟到的事件：此前已通知 2026-05-01 20:05:00 UTC+08:00 的状态'],
])('correlate() marks a late event, and keeps the incident', (say, value) => {
  const known = incidentAt(5 * MINUTE, 'OK', true);
  const { card, incident } = correlate(news('CPU high', 0), known, NOON + 6 * MINUTE, say);
  expect(card).toMatchObject({ title: 'CPU high', facts: [{ value }] });
  expect(incident).toEqual(known);
});

it('correlate() marks an event as late that is older than a deduplicated one', () => {
  const known = afterAll([news('high', 0), news('high', 10)]).incident;
  const { card, incident } = correlate(news('OK', 5, 'resolved'), known, NOON + MINUTE, en);
  expect(card?.facts?.[0]?.value).toMatch(/Late event/);
  expect(incident).toMatchObject({ isResolved: false });
});

it('correlate() begins a new incident after the end of the last one', () => {
  const again = news('high', 10 * MINUTE);
  const { card, incident } = afterAll([news('high', 0), news('OK', MINUTE, 'resolved'), again]);
  expect(card).toEqual(again.card);
  expect(incident).toMatchObject({ firstNotifiedAt: NOON + 10 * MINUTE, isResolved: false });
});

it('correlate() stores an end whose beginning was not delivered, and marks a different end as a follow-up', () => {
  const [end, other] = [news('OK', 0, 'resolved'), news('OK now', MINUTE, 'resolved')];
  expect(afterAll([end])).toMatchObject({ card: end.card, incident: { isResolved: true } });
  const { card, incident } = afterAll([end, other]);
  expect(card).toMatchObject({ title: 'OK now', facts: [{ label: 'Follow-up' }] });
  expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
});

it('correlate() accepts events without a time', () => {
  const timeless = (name: string) => entryNamed(name, { incident: 'i', contentHash: name }, { time: '' });
  const first = correlate(timeless('a'), undefined, NOON, en);
  expect(correlate(timeless('a'), first.incident, NOON, en).card).toBeUndefined();
  expect(correlate(timeless('b'), first.incident, NOON, en).card?.title).toBe('Update · b');
});

it('timeSpan() shows the first and the last time, and a day or time once where it is equal', () => {
  const span = (...times: string[]) =>
    timeSpan(
      times.map((time) => itemOf(entryNamed(time, {}, { time }))),
      en,
    );
  const [three, later, nextDay] = ['2026-05-01T03:00:00Z', '2026-05-01T03:04:07Z', '2026-05-01T17:00:00Z'];
  expect(span(three)).toBe('2026-05-01 11:00:00 UTC+08:00');
  expect(span(later, three)).toBe('2026-05-01 11:00:00 UTC+08:00 – 11:04:07');
  expect(span(three, nextDay)).toBe('2026-05-01 11:00:00 UTC+08:00 – 2026-05-02 01:00:00');
});

it('happenedAt() is the time of enqueuing where the event has none', () => {
  const times = ['', 'soon', '2026-05-01T03:00:00Z'].map((time) => happenedAt(entryNamed('a', {}, { time })));
  expect(times).toEqual([NOON, NOON, Date.parse('2026-05-01T03:00:00Z')]);
});
