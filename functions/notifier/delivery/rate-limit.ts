import type { DeliveryError, RateLimit } from '@casebell/im/webhooks';
import { localDay, nextMonthStart, type TimeZone } from '../../shared/time';

/**
 * Token buckets, one for each limit of a platform, kept as the generic cell rate algorithm does: all that is stored of a bucket is
 * the time, in ms since 1970, at which it will be full again.
 */
export type Buckets = readonly number[];

/** The part of a platform's limit that is used: its clock differs from ours, and a person may use the same robot. */
const LIMIT_RATIO = 0.9;

interface Bucket {
  /** Messages at once when the bucket is full. */
  burst: number;
  /** Until one token is refilled. */
  intervalMs: number;
}

/** Burst and refill together never exceed the limit, wherever the platform's window begins. */
function toBucket({ messages, seconds }: RateLimit): Bucket {
  const allowed = messages * LIMIT_RATIO;
  const burst = Math.max(1, Math.floor(messages / 3));
  const refill = allowed > burst ? allowed - burst : allowed;
  return { burst, intervalMs: (seconds * 1000) / refill };
}

const fullAt = (buckets: Buckets, index: number, now: number): number => Math.max(buckets[index] ?? 0, now);

/** How many messages can be sent until a time (by default: now), each as soon as it may. @param until not before `now` */
export function availableTokens(buckets: Buckets, limits: readonly RateLimit[], now: number, until = now): number {
  const each = limits.map((limit, index) => {
    const { burst, intervalMs } = toBucket(limit);
    return Math.floor(burst - (fullAt(buckets, index, now) - until) / intervalMs);
  });
  return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, ...each));
}

/** When the next message may be sent, in ms since 1970; a time in the past means at once. */
export function nextTokenAt(buckets: Buckets, limits: readonly RateLimit[]): number {
  const each = limits.map((limit, index) => {
    const { burst, intervalMs } = toBucket(limit);
    return (buckets[index] ?? 0) - (burst - 1) * intervalMs;
  });
  return Math.max(0, ...each);
}

/** The buckets after one message. */
export function consumeToken(buckets: Buckets, limits: readonly RateLimit[], now: number): Buckets {
  return limits.map((limit, index) => fullAt(buckets, index, now) + toBucket(limit).intervalMs);
}

/** Messages that a destination was sent this month. */
export interface Budget {
  /** `2026-11`, on the reader's calendar. */
  month: string;
  sent: number;
  /** In ms since 1970. */
  lastSentAt: number;
}

/** Below this part of the month's messages nothing waits. */
const UNLIMITED_RATIO = 0.5;
/** This part is reserved for critical events. */
const RESERVED_RATIO = 0.1;
/** Even without budget every event is delivered some time: platforms do not document what they do then. */
const MAX_WINDOW_MS = 4 * 3_600_000;

export const monthOf = (now: number, timeZone: TimeZone): string => localDay(now, timeZone).slice(0, 7);

/** The budget after one more message. */
export function spendBudget(budget: Budget, now: number, timeZone: TimeZone): Budget {
  const month = monthOf(now, timeZone);
  return { month, sent: (month === budget.month ? budget.sent : 0) + 1, lastSentAt: now };
}

/**
 * When events that are not critical may be sent. Once half of the month's messages are used, the rest (without the reserve) is spread
 * evenly over the rest of the month, so the window of a digest widens as the quota runs out.
 * @param quota messages a month; undefined: there is no quota
 * @returns ms since 1970; a time in the past means at once
 */
export function budgetOpensAt(budget: Budget, quota: number | undefined, now: number, timeZone: TimeZone): number {
  if (!quota || budget.month !== monthOf(now, timeZone) || budget.sent < quota * UNLIMITED_RATIO) return 0;
  const left = Math.max(0, quota * (1 - RESERVED_RATIO) - budget.sent);
  const windowMs = left < 1 ? MAX_WINDOW_MS : (nextMonthStart(now, timeZone) - budget.lastSentAt) / left;
  return budget.lastSentAt + Math.min(windowMs, MAX_WINDOW_MS);
}

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 300_000;
/** A platform, or a proxy with a wrong clock, that asks for more is tried again after an hour. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/**
 * How long a destination is left alone after a rejection that may pass. What the platform asks for, and a little more; otherwise it
 * doubles from one to 300 seconds, with "equal jitter" so that two destinations behind one fault do not retry in step (AWS
 * Architecture Blog, "Exponential Backoff And Jitter").
 * @param failures in a row, this one included
 */
export function backoffMs(
  { retryAfterSeconds }: Pick<DeliveryError, 'retryAfterSeconds'>,
  failures: number,
  random: () => number,
): number {
  const asked = Math.min(retryAfterSeconds ?? 0, MAX_RETRY_AFTER_SECONDS) * 1000;
  const longest = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 20));
  return Math.max(asked + random() * FIRST_BACKOFF_MS, longest / 2 + (random() * longest) / 2);
}
