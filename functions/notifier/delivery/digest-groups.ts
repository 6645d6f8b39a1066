import type { Severity } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
import { happenedAt, type Item } from './incidents';

export const MOST_SEVERE_FIRST: readonly Severity[] = ['critical', 'warning', 'info', 'resolved'];

/** 0 for the most severe. */
export const severityRank = ({ severity }: { severity: Severity }): number => MOST_SEVERE_FIRST.indexOf(severity);

/** Events of one formatter, severity, account and Region. */
export interface Group {
  formatter: string;
  severity: Severity;
  account: string;
  region: string;
  items: Item[];
}

/** The most severe group first, then the largest. */
export function groupItems(items: readonly Item[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const { formatter, event } = item.entry;
    const group = { formatter, severity: item.card.severity, account: event.account, region: event.region };
    const key = JSON.stringify(group);
    const known = groups.get(key);
    if (known) known.items.push(item);
    else groups.set(key, { ...group, items: [item] });
  }
  return [...groups.values()].sort(
    (one, other) => severityRank(one) - severityRank(other) || other.items.length - one.items.length,
  );
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
