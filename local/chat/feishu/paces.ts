import { type Limit, waitFor } from '../pace';
import type { Memory } from '../platform';

/** Counts the uses of many things by one law. Gives milliseconds until this one may be used again; 0 means now. */
export function openPaces(now: () => number, limits: readonly Limit[]): (thing: string) => number {
  const memories = new Map<string, Memory>();
  return (thing) => {
    const memory = memories.get(thing) ?? { limits: 'real', uses: [], silentUntil: 0, known: new Set() };
    memories.set(thing, memory);
    return waitFor(memory, now(), limits);
  };
}
