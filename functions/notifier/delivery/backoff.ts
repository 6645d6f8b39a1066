import type { DeliveryError } from '@casebell/im/webhooks';

const FIRST = 1_000;
const LONGEST = 300_000;
/** Whoever asks for more, a proxy with a broken clock say, is asked again after an hour. */
const LONGEST_ASKED = 3_600;

/**
 * How long a destination rests after a refusal that may pass, in ms. What the platform says holds, and a little more; otherwise
 * it doubles from one to 300 seconds, with "equal jitter" so that two destinations behind one fault do not march in step
 * (AWS Architecture Blog, "Exponential Backoff And Jitter").
 * @param failures how many in a row, this one included.
 */
export function rest(
  { retryAfterSeconds }: Pick<DeliveryError, 'retryAfterSeconds'>,
  failures: number,
  random: () => number,
): number {
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_ASKED) * 1000;
  const most = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 20));
  return Math.max(asked + random() * FIRST, most / 2 + (random() * most) / 2);
}
