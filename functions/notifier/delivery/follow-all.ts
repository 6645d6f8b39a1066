import type { Locale } from '../../../plugins/formatter';
import type { Entry, Incident } from '../outbox';
import { follow } from './follow-up';
import { inOrder } from './groups';
import type { Item } from './item';

export const incidentsOf = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.flatMap(({ incident }) => incident ?? [])),
];

/** What there is to tell of some entries. */
export interface FollowedAll {
  items: Item[];
  /** Keys of those that repeat what was told, or what is in `items`. */
  folded: string[];
  /** What the team has been told of incidents, in the light of the folded ones. */
  incidents: ReadonlyMap<string, Incident>;
}

/** Entries in the order in which they happened, each in the light of those before it. */
export function followAll(
  entries: readonly Entry[],
  told: ReadonlyMap<string, Incident>,
  now: number,
  locale: Locale,
): FollowedAll {
  const known = new Map(told);
  const found: FollowedAll & { incidents: Map<string, Incident> } = { items: [], folded: [], incidents: new Map() };
  for (const entry of inOrder(entries)) {
    const name = entry.incident ?? '';
    const { card, incident } = follow(entry, known.get(name), now, locale);
    if (incident) known.set(name, incident);
    if (card) found.items.push({ entry, card, ...(incident && { incident }) });
    else found.folded.push(entry.key);
    // Only what was told, not what is about to be, may be remembered now.
    if (!card && incident && incident.print === told.get(name)?.print) found.incidents.set(name, incident);
  }
  return found;
}

/** What a team knows once these have been told. */
export function knownAfter(items: readonly Item[]): Map<string, Incident> {
  return new Map(
    items.flatMap(({ entry, incident }) => (entry.incident && incident ? [[entry.incident, incident] as const] : [])),
  );
}
