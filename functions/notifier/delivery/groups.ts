import type { Severity } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
import type { Item } from './item';

/** Events of which the same happened: one formatter, severity, account and Region. */
export interface Group {
  by: string;
  severity: Severity;
  account: string;
  region: string;
  items: Item[];
}

export const GRAVEST_FIRST: readonly Severity[] = ['critical', 'warning', 'info', 'resolved'];

/** 0 for the gravest. */
export const rank = ({ severity }: { severity: Severity }): number => GRAVEST_FIRST.indexOf(severity);

/** The gravest first, then the most numerous. */
export function groupsOf(items: readonly Item[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const { by, event } = item.entry;
    const group = { by, severity: item.card.severity, account: event.account, region: event.region };
    const key = JSON.stringify(group);
    const known = groups.get(key);
    if (known) known.items.push(item);
    else groups.set(key, { ...group, items: [item] });
  }
  return [...groups.values()].sort((one, other) => rank(one) - rank(other) || other.items.length - one.items.length);
}

/** From when to when, on the reader's clock: `2026-11-25 02:10:00 UTC+08:00 – 02:14:07`. */
export function span(items: readonly Item[], locale: Locale): string {
  let [first, last] = [Infinity, -Infinity];
  for (const { entry } of items) {
    first = Math.min(first, happened(entry));
    last = Math.max(last, happened(entry));
  }
  const [from, to] = [locale.time(new Date(first).toISOString()), locale.time(new Date(last).toISOString())];
  if (from === to) return from;
  const [fromDay] = from.split(' ');
  const [toDay = '', toTime = to] = to.split(' ');
  return `${from} – ${fromDay === toDay ? toTime : `${toDay} ${toTime}`}`;
}

/** When an event happened, in ms since 1970; when it came in, where it does not say. */
export const happened = ({ event, since }: Item['entry']): number => {
  const at = Date.parse(event.time);
  return Number.isNaN(at) ? since : at;
};

/** In the order in which it happened, or came in where that was at the same time. */
export const inOrder = (entries: readonly Item['entry'][]): Item['entry'][] =>
  [...entries].sort((one, other) => happened(one) - happened(other) || one.since - other.since);
