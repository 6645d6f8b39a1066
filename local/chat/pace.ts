import type { Memory } from './platform';

export interface Limit {
  /** How many requests ... */
  readonly count: number;
  /** ... in how many milliseconds, as a rolling window. */
  readonly within: number;
}

/**
 * Counts one use of a robot, unless it is one too many.
 * @returns milliseconds until it may be used again; 0 means that this use was allowed and counted.
 */
export function waitFor(memory: Memory, now: number, limits: readonly Limit[]): number {
  if (memory.limits === 'off') return 0;
  const waits = limits.map(({ count, within }) => {
    const oldest = memory.uses.at(-count);
    return oldest === undefined ? 0 : Math.max(0, oldest + within - now);
  });
  const wait = Math.max(...waits);
  if (wait === 0) memory.uses.push(now);
  return wait;
}
