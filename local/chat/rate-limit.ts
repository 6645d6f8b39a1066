import type { WebhookState } from './platform';

export interface RateLimit {
  /** How many requests ... */
  readonly count: number;
  /** ... in how many milliseconds, as a rolling window. */
  readonly windowMs: number;
}

/**
 * Counts one use of a robot, unless it is one too many.
 * @returns milliseconds until it may be used again; 0 means that this use was allowed and counted.
 */
export function waitMs(memory: WebhookState, now: number, limits: readonly RateLimit[]): number {
  if (memory.limits === 'off') return 0;
  const waits = limits.map(({ count, windowMs }) => {
    const oldest = memory.requestTimes.at(-count);
    return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now);
  });
  const wait = Math.max(...waits);
  if (wait === 0) memory.requestTimes.push(now);
  return wait;
}
