import type { Severity } from '@casebell/im/webhooks';
import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, NOON } from '../entry.fixture';
import type { Entry, Incident } from '../outbox/outbox';
import { correlate } from './incidents';

type Correlated = ReturnType<typeof correlate>;

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const [en, zh] = [testLocale('en'), testLocale('zh-CN')];

/** News of one incident, that many ms after noon. */
function news(name: string, after: number, severity: Severity = 'critical'): Entry {
  const time = new Date(NOON + after).toISOString();
  return entryNamed(name, { incident: 'alarm', contentHash: name, card: cardNamed(name, { severity }) }, { time });
}

/** What is told of the last one, when those before it have been told as soon as they had happened. */
function afterAll(entries: readonly Entry[], locale = en): Correlated {
  let known: Incident | undefined;
  let last: Correlated = { card: undefined, incident: undefined };
  for (const entry of entries) {
    last = correlate(entry, known, Date.parse(entry.event.time), locale);
    known = last.incident ?? known;
  }
  return last;
}

it('tells an event of no incident as it is, and remembers nothing', () => {
  const entry = entryNamed('lone');
  expect(correlate(entry, undefined, NOON, en)).toEqual({ card: entry.card, incident: undefined });
});

it('tells the first news as it is, and remembers when that was', () => {
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
])('calls an update one, with the time of the first message', (say, title, label, value) => {
  const { card } = afterAll([news('CPU high', 0), news('CPU 97 %', MINUTE), news('CPU 99 %', 2 * MINUTE)], say);
  expect(card).toMatchObject({ title, severity: 'critical', facts: [{ label, value }] });
});

it.each([
  [en, 'Follow-up', 'First notified 2026-05-01 20:00:00 UTC+08:00'],
  [zh, '后续', '首次通知于 2026-05-01 20:00:00 UTC+08:00'],
])('names the first message when all is well again, under the title of its own', (say, label, value) => {
  const { card, incident } = afterAll([news('CPU high', 0), news('OK', MINUTE, 'resolved')], say);
  expect(card).toEqual({ title: 'OK', severity: 'resolved', facts: [{ label, value }] });
  expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
});

it('puts the note before what the card says itself', () => {
  const own = { label: 'Region', value: 'us-east-1' };
  const later = { ...news('OK', MINUTE, 'resolved'), card: cardNamed('OK', { severity: 'resolved', facts: [own] }) };
  expect(afterAll([news('CPU high', 0), later]).card?.facts).toEqual([
    expect.objectContaining({ label: 'Follow-up' }),
    own,
  ]);
});

it('folds what differs in nothing but times, up to a day after it was told', () => {
  expect(afterAll([news('high', 0), news('high', MINUTE)]).card).toBeUndefined();
  expect(afterAll([news('high', 0), news('high', DAY)]).card).toBeUndefined();
  expect(afterAll([news('high', 0), news('high', -MINUTE)]).card).toBeUndefined();
});

it('tells the same words again when a day has passed since', () => {
  const { card } = afterAll([news('high', 0), news('high', DAY + 1)]);
  expect(card).toMatchObject({ title: 'Update · high', facts: [{ label: 'Follow-up' }] });
});

it.each([
  [en, 'Late event (state at 2026-05-01 20:05:00 UTC+08:00 already posted)'],
  [zh, '迟到的事件：此前已通知 2026-05-01 20:05:00 UTC+08:00 的状态'],
])('says so when news comes late, and believes what it knew', (say, value) => {
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

it('begins a new incident after the end of the last one', () => {
  const again = news('high', 10 * MINUTE);
  const { card, incident } = afterAll([news('high', 0), news('OK', MINUTE, 'resolved'), again]);
  expect(card).toEqual(again.card);
  expect(incident).toMatchObject({ firstNotifiedAt: NOON + 10 * MINUTE, isResolved: false });
});

it('remembers an end whose beginning nobody was told of', () => {
  const end = news('OK', 0, 'resolved');
  expect(correlate(end, undefined, NOON, en)).toMatchObject({ card: end.card, incident: { isResolved: true } });
});

it('tells a second end in other words as a follow-up, not as an incident', () => {
  const { card, incident } = afterAll([
    news('high', 0),
    news('OK', MINUTE, 'resolved'),
    news('OK now', 2 * MINUTE, 'resolved'),
  ]);
  expect(card).toMatchObject({ title: 'OK now', facts: [{ label: 'Follow-up' }] });
  expect(incident).toMatchObject({ firstNotifiedAt: NOON, isResolved: true });
});

it('does not stumble over events without a time', () => {
  const timeless = (name: string) => entryNamed(name, { incident: 'i', contentHash: name }, { time: '' });
  const first = correlate(timeless('a'), undefined, NOON, en);
  expect(correlate(timeless('a'), first.incident, NOON, en).card).toBeUndefined();
  expect(correlate(timeless('b'), first.incident, NOON, en).card?.title).toBe('Update · b');
});

it('tells what comes late behind a repeated alarm as late, because a repeat that was not told is remembered as well', () => {
  const told = afterAll([news('high', 0), news('high', 10)]).incident;
  const { card, incident } = correlate(news('OK', 5, 'resolved'), told, NOON + MINUTE, en);
  expect(card?.facts?.[0]?.value).toMatch(/Late event/);
  expect(incident).toMatchObject({ isResolved: false });
});
