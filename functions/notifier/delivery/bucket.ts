import type { RateLimit } from '@casebell/im/webhooks';

/**
 * Token buckets, one for each limit of a platform, kept as the generic cell rate algorithm has it: all that has to be stored
 * is one time per bucket, in ms since 1970, at which it will be full again.
 */
export type Buckets = readonly number[];

/** Of what a platform allows we use this much: its clock is not ours, and a person may use the same robot. */
const SHARE = 0.9;

interface Bucket {
  /** Messages at once after a rest. */
  burst: number;
  /** Milliseconds until one more may be sent. */
  interval: number;
}

/** Burst and refill together never exceed the limit, wherever the platform's window begins. */
function bucketOf({ messages, seconds }: RateLimit): Bucket {
  const allowed = messages * SHARE;
  const burst = Math.max(1, Math.floor(messages / 3));
  const refill = allowed > burst ? allowed - burst : allowed;
  return { burst, interval: (seconds * 1000) / refill };
}

const fullAt = (buckets: Buckets, index: number, now: number): number => Math.max(buckets[index] ?? 0, now);

/**
 * How many messages can go by a time, each as soon as it may: 0 or more.
 * @param by not before now; without it, what can go at once.
 */
export function tokens(buckets: Buckets, limits: readonly RateLimit[], now: number, by = now): number {
  const each = limits.map((limit, index) => {
    const { burst, interval } = bucketOf(limit);
    return Math.floor(burst - (fullAt(buckets, index, now) - by) / interval);
  });
  return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, ...each));
}

/** The time from which on the next message may go; not after now when it may go at once. */
export function nextToken(buckets: Buckets, limits: readonly RateLimit[]): number {
  const each = limits.map((limit, index) => {
    const { burst, interval } = bucketOf(limit);
    return (buckets[index] ?? 0) - (burst - 1) * interval;
  });
  return Math.max(0, ...each);
}

/** The buckets after one message. */
export function take(buckets: Buckets, limits: readonly RateLimit[], now: number): Buckets {
  return limits.map((limit, index) => fullAt(buckets, index, now) + bucketOf(limit).interval);
}
