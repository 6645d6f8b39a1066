import type { Card } from '@casebell/im/webhooks';
import type { Locale, LocalizedText } from '../../../plugins/formatter';
import type { Entry, Incident } from '../outbox';

const DAY = 86_400_000;
const UPDATE: LocalizedText = { en: 'Update', 'zh-CN': '更新' };
const FOLLOW_UP: LocalizedText = { en: 'Follow-up', 'zh-CN': '后续' };

/** What there is to tell of an entry, and what the team then knows of its incident. */
export interface Followed {
  /** Nothing: it differs from what was told in nothing but times. */
  card: Card | undefined;
  incident: Incident | undefined;
}

/** An entry in the light of what its team has been told of the same incident. */
export function follow(entry: Entry, known: Incident | undefined, now: number, locale: Locale): Followed {
  if (entry.incident === undefined || entry.print === undefined) return { card: entry.card, incident: undefined };
  if (known && isRepeated(entry, known)) return { card: undefined, incident: later(known, entry) };
  const isOver = entry.card.severity === 'resolved';
  if (known && isEarlier(entry, known))
    return { card: noted(entry.card, late(known, locale), locale), incident: known };
  if (!known || (known.over && !isOver)) return { card: entry.card, incident: toldOf(entry, now, isOver) };
  const card = noted(isOver ? entry.card : updated(entry.card, locale), since(known, locale), locale);
  return { card, incident: toldOf(entry, known.first, isOver) };
}

/** A day later the same words are news again: what came in between may have been lost on its way to us. */
const isRepeated = ({ print, event }: Entry, known: Incident): boolean =>
  print === known.print && !(Date.parse(event.time) - Date.parse(known.told) > DAY);

const toldOf = ({ print = '', event }: Entry, first: number, over: boolean): Incident => ({
  first,
  print,
  told: event.time,
  latest: event.time,
  over,
});

const later = (known: Incident, { event }: Entry): Incident =>
  event.time > known.latest ? { ...known, latest: event.time } : known;

/** Queues promise no order: the alarm may come in behind the all-clear. */
const isEarlier = ({ event }: Entry, { latest }: Incident): boolean => Date.parse(event.time) < Date.parse(latest);

const updated = (card: Card, locale: Locale): Card => ({ ...card, title: `${locale.t(UPDATE)} · ${card.title}` });

const noted = (card: Card, note: LocalizedText, locale: Locale): Card => ({
  ...card,
  facts: [{ label: locale.t(FOLLOW_UP), value: locale.t(note) }, ...(card.facts ?? [])],
});

function since({ first }: Incident, locale: Locale): LocalizedText {
  const when = locale.time(new Date(first).toISOString());
  return { en: `first told ${when}`, 'zh-CN': `首次通知于 ${when}` };
}

function late({ latest }: Incident, locale: Locale): LocalizedText {
  const when = locale.time(latest);
  return { en: `came late: you have been told of ${when} already`, 'zh-CN': `迟到的消息：此前已通知 ${when} 的状态` };
}
