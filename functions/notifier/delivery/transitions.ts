import type { DeliveryError, RateLimit } from '@casebell/im/webhooks';
import type { Message, Standing } from '../standing';
import { rest } from './backoff';
import { nextToken, take } from './bucket';
import { spend } from './budget';

/** In ms. */
const MARGIN = 2_000;

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
  // Another's clock may be a little ahead.
  busyUntil: until + MARGIN,
  message,
});

/** The platform has said yes to all of it. The destination stays ours until the entries say so, too. */
export const arrived = ({ suspect, ...standing }: Standing, message: Message): Standing => ({
  ...standing,
  failures: 0,
  message: { ...message, arrived: true },
  ...(suspect && !message.keys.includes(suspect.key) && { suspect: { ...suspect, others: true } }),
});

/** What is left of the message is anybody's to send; without one, whatever else waits is. */
export const released = ({ message: _, ...standing }: Standing, message?: Message): Standing => ({
  ...standing,
  busyUntil: 0,
  ...(message && { message }),
});

/** The platform has said: not now. Without an answer the message may have been shown, and only the same key keeps it from being shown twice. */
export const paused = (
  before: Standing,
  message: Message,
  rejection: DeliveryError,
  now: number,
  random: () => number,
): Standing => {
  const failures = before.failures + 1;
  const refusals = before.refusals + (rejection.outcomeUnknown ? 0 : 1);
  const standing = { ...before, failures, refusals, pausedUntil: now + rest(rejection, failures, random) };
  const again = { ...message, refusals };
  if (!isSuspect(failures, message, rejection)) return released(standing, again);
  if (message.part > 0) return released(standing, { ...again, form: 'plain', part: 0 });
  return { ...released(standing), ...suspected(before, message) };
};

/** From so many failures in a row on it may be this message, not the platform. A digest that is not sent again as it was may be told twice. */
export const PATIENCE = { lone: 3, digest: 6 };

/** Then it is taken apart, so that it does not stand in the way of what else waits. Without any answer it is the platform, or the way there. */
const isSuspect = (failures: number, { keys }: Message, { throttled, outcomeUnknown }: DeliveryError): boolean =>
  !throttled && outcomeUnknown !== 'unanswered' && failures >= (keys.length > 1 ? PATIENCE.digest : PATIENCE.lone);

function suspected({ suspect }: Standing, { keys: [key, ...others] }: Message): Pick<Standing, 'suspect'> {
  if (key === undefined || others.length) return {};
  return { suspect: { key, others: suspect?.key === key && suspect.others } };
}

/** Whether the platform fails on this entry, and on no other: then trying for ever only slows the others down. */
export const isPoison = ({ failures, suspect }: Standing, message: Message, rejection: DeliveryError): boolean =>
  suspect?.others === true && message.keys.join() === suspect.key && isSuspect(failures + 1, message, rejection);
