import type { Card } from '@casebell/im/webhooks';
import type { Locale, LocalizedText } from '../../../plugins/formatter';
import type { Entry, Incident, Outbox } from '../outbox/outbox';

/** An entry as it is delivered: its card may say that it follows up another. */
export interface Item {
  entry: Entry;
  card: Card;
  /** What the destination knows of the incident once the card is delivered. */
  incident?: Incident;
}

/** When an event happened, in ms since 1970; when it was enqueued, where its time is missing. */
export function happenedAt({ event, enqueuedAt }: Entry): number {
  const at = Date.parse(event.time);
  return Number.isNaN(at) ? enqueuedAt : at;
}

/** First and last time, in the reader's zone: `2026-11-25 02:10:00 UTC+08:00 – 02:14:07`. */
export function timeSpan(items: readonly Item[], locale: Locale): string {
  let [first, last] = [Infinity, -Infinity];
  for (const { entry } of items) {
    first = Math.min(first, happenedAt(entry));
    last = Math.max(last, happenedAt(entry));
  }
  const [from, to] = [locale.time(new Date(first).toISOString()), locale.time(new Date(last).toISOString())];
  if (from === to) return from;
  const [fromDay] = from.split(' ');
  const [toDay = '', toTime = to] = to.split(' ');
  return `${from} – ${fromDay === toDay ? toTime : `${toDay} ${toTime}`}`;
}

const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((one, other) => happenedAt(one) - happenedAt(other) || one.enqueuedAt - other.enqueuedAt);

export interface CorrelatedEntries {
  items: Item[];
  /** Keys of entries that repeat what was delivered, or what is in `items`. */
  duplicates: string[];
  /** Incidents that duplicates have changed. */
  changed: ReadonlyMap<string, Incident>;
}

/** Correlates entries with the incidents that their destination was notified of, and with each other, in the order of the events. */
export async function correlateAll(
  entries: readonly Entry[],
  incidents: (names: readonly string[]) => ReturnType<Outbox['incidents']>,
  now: number,
  locale: Locale,
): Promise<CorrelatedEntries> {
  const delivered = await incidents([...new Set(entries.flatMap(({ incident }) => incident ?? []))]);
  const known = new Map(delivered);
  const changed = new Map<string, Incident>();
  const [items, duplicates]: [Item[], string[]] = [[], []];
  for (const entry of inOrder(entries)) {
    const name = entry.incident ?? '';
    const { card, incident } = correlate(entry, known.get(name), now, locale);
    if (incident) known.set(name, incident);
    if (card) items.push({ entry, card, ...(incident && { incident }) });
    else duplicates.push(entry.key);
    // Only what was delivered may be stored now, not what is about to be.
    if (!card && incident && incident.contentHash === delivered.get(name)?.contentHash) changed.set(name, incident);
  }
  return { items, duplicates, changed };
}

/** What a destination knows once these items are delivered. */
export const incidentsAfter = (items: readonly Item[]): Map<string, Incident> =>
  new Map(
    items.flatMap(({ entry, incident }) => (entry.incident && incident ? [[entry.incident, incident] as const] : [])),
  );

interface Correlated {
  /** Undefined for a duplicate: it differs in nothing but times from the card that was delivered. */
  card: Card | undefined;
  incident: Incident | undefined;
}

/** An entry as the next news of its incident. */
export function correlate(entry: Entry, known: Incident | undefined, now: number, locale: Locale): Correlated {
  if (entry.incident === undefined || entry.contentHash === undefined) return { card: entry.card, incident: undefined };
  if (known && isRepeated(entry, known)) return { card: undefined, incident: withLatest(known, entry) };
  const isEnd = entry.card.severity === 'resolved';
  if (known && isLate(entry, known))
    return { card: withNote(entry.card, lateNote(known, locale), locale), incident: known };
  if (!known || (known.isResolved && !isEnd)) return { card: entry.card, incident: toIncident(entry, now, isEnd) };
  const card = withNote(isEnd ? entry.card : asUpdate(entry.card, locale), firstNote(known, locale), locale);
  return { card, incident: toIncident(entry, known.firstNotifiedAt, isEnd) };
}

const DAY_MS = 86_400_000;

/** After a day the same text is news again: an event in between may have been lost on its way. */
const isRepeated = ({ contentHash, event }: Entry, known: Incident): boolean =>
  contentHash === known.contentHash && !(Date.parse(event.time) - Date.parse(known.lastNotifiedEventAt) > DAY_MS);

const toIncident = ({ contentHash = '', event }: Entry, firstNotifiedAt: number, isResolved: boolean): Incident => ({
  firstNotifiedAt,
  contentHash,
  lastNotifiedEventAt: event.time,
  latestEventAt: event.time,
  isResolved,
});

const withLatest = (known: Incident, { event }: Entry): Incident =>
  event.time > known.latestEventAt ? { ...known, latestEventAt: event.time } : known;

/** Queues promise no order: an alarm may arrive after its all-clear. */
const isLate = ({ event }: Entry, { latestEventAt }: Incident): boolean =>
  Date.parse(event.time) < Date.parse(latestEventAt);

const UPDATE: LocalizedText = { en: 'Update', 'zh-CN': '更新' };
const FOLLOW_UP: LocalizedText = { en: 'Follow-up', 'zh-CN': '后续' };

const asUpdate = (card: Card, locale: Locale): Card => ({ ...card, title: `${locale.t(UPDATE)} · ${card.title}` });

const withNote = (card: Card, note: LocalizedText, locale: Locale): Card => ({
  ...card,
  facts: [{ label: locale.t(FOLLOW_UP), value: locale.t(note) }, ...(card.facts ?? [])],
});

function firstNote({ firstNotifiedAt }: Incident, locale: Locale): LocalizedText {
  const when = locale.time(new Date(firstNotifiedAt).toISOString());
  return { en: `First notified ${when}`, 'zh-CN': `首次通知于 ${when}` };
}

function lateNote({ latestEventAt }: Incident, locale: Locale): LocalizedText {
  const when = locale.time(latestEventAt);
  return { en: `Late event (state at ${when} already posted)`, 'zh-CN': `迟到的事件：此前已通知 ${when} 的状态` };
}
