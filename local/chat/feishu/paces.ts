import type { WebhookState } from '../platform';
import { type RateLimit, waitMs } from '../rate-limit';

/** Counts the uses of many things by one law. Gives milliseconds until this one may be used again; 0 means now. */
export function openPaces(now: () => number, limits: readonly RateLimit[]): (thing: string) => number {
  const memories = new Map<string, WebhookState>();
  return (thing) => {
    const memory = memories.get(thing) ?? {
      limits: 'real',
      requestTimes: [],
      blockedUntil: 0,
      idempotencyKeys: new Set(),
    };
    memories.set(thing, memory);
    return waitMs(memory, now(), limits);
  };
}
