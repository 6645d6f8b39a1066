import type { DeliveryError, RateLimit } from '@casebell/im';
import type { Message, Standing } from '../standing';
import { rest } from './backoff';
import { nextToken, take } from './bucket';
import { spend } from './budget';

/** When the next message may go, as far as the platform's pace is concerned. */
export const freeAt = ({ buckets, pausedUntil }: Standing, limits: readonly RateLimit[]): number =>
  Math.max(pausedUntil, nextToken(buckets, limits));

/**
 * A part of this message is about to be sent: the destination is ours.
 * @param until a lease to the end of the Lambda invocation: who takes over after that can be sure that we are gone.
 */
export const begun = (
  standing: Standing,
  message: Message,
  limits: readonly RateLimit[],
  now: number,
  until: number,
): Standing => ({
  ...standing,
  buckets: take(standing.buckets, limits, now),
  budget: spend(standing.budget, now),
  busyUntil: until,
  message,
});

/** The platform has said yes to all of it. The destination stays ours until the entries say so, too. */
export const arrived = (standing: Standing, message: Message): Standing => ({
  ...standing,
  failures: 0,
  message: { ...message, arrived: true },
});

/** What is left of the message is anybody's to send; without one, whatever else waits is. */
export const released = ({ message: _, ...standing }: Standing, message?: Message): Standing => ({
  ...standing,
  busyUntil: 0,
  ...(message && { message }),
});

/** The platform has said: not now. Without an answer the message may have been shown, and only the same key keeps it from being shown twice. */
export const paused = (before: Standing, refusal: DeliveryError, now: number, random: () => number): Standing => {
  const failures = before.failures + 1;
  const refusals = before.refusals + (refusal.uncertain ? 0 : 1);
  const message = before.message && { ...before.message, refusals };
  const pausedUntil = now + rest(refusal, failures, random);
  const standing = { ...before, failures, refusals, pausedUntil };
  return released(standing, isSuspect(failures, message, refusal) ? undefined : message);
};

/** From so many failures in a row on it may be this message, not the platform; a digest that is not sent again as it was may be told twice. */
export const PATIENCE = { lone: 3, digest: 6 };

/** Then it is taken apart, so that it does not stand in the way of what else waits. */
const isSuspect = (failures: number, message: Message | undefined, { throttled }: DeliveryError): boolean =>
  !throttled && message?.part === 0 && failures >= (message.keys.length > 1 ? PATIENCE.digest : PATIENCE.lone);
