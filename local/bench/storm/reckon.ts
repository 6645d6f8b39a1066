import type { Kept } from './outbox';
import { eventsIn, type Shown, sum } from './shown';

export interface Reckoning {
  accounted: number;
  lost: number;
  duplicates: number;
  /** Entries of the outbox that no message has told: waiting, dead, or not there at all. */
  untold: number;
}

/**
 * What became of so many events in one room. A lost one and one that came twice cannot cancel out: no event may be named by two
 * messages, and where there is an outbox, the messages that it says were sent must be those that the chat shows.
 * @param kept absent where nothing is kept.
 */
export function reckon(events: number, shown: readonly Shown[], kept: readonly Kept[] | undefined): Reckoning {
  const accounted = eventsIn(shown);
  const told = kept?.filter(({ outcome }) => outcome === 'delivered') ?? [];
  const [onlyShown, onlyTold] = kept ? difference(countsOf(shown), countsPerMessage(told)) : [0, 0];
  const duplicates = Math.max(repeatedIn(shown), onlyShown, accounted - events);
  const untold = kept ? events - told.length : 0;
  return { accounted, duplicates, untold, lost: Math.max(events - (accounted - duplicates), untold + onlyTold) };
}

const countsOf = (shown: readonly Shown[]): number[] => shown.flatMap(({ events }) => (events ? [events] : []));

function countsPerMessage(told: readonly Kept[]): number[] {
  const counts = new Map<string, number>();
  for (const { message = '' } of told) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts.values()];
}

/** The sums of what is only in the one list, and only in the other. */
function difference(one: readonly number[], other: readonly number[]): [number, number] {
  const left = [...other];
  const only = one.filter((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [sum(only), sum(left)];
}

/** The events of the messages that name one which has been named before. */
function repeatedIn(shown: readonly Shown[]): number {
  const named = new Set<string>();
  return sum(
    shown.map(({ names, events }) => {
      const again = names.some((name) => named.has(name));
      for (const name of names) named.add(name);
      return again ? events : 0;
    }),
  );
}
