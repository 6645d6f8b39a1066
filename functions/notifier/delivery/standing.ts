import type { Card, DeliveryError, RateLimit } from '@casebell/im';
import { rest } from './backoff';
import { type Buckets, nextToken, take } from './bucket';
import { type Budget, spend } from './budget';

/** A message on its way: what has to be known to go on with it after a crash. */
export interface Message {
  /** Idempotency key: the same message is sent under the same one again. */
  id: string;
  /** The entries it stands for. */
  keys: readonly string[];
  card: Card;
  form: 'card' | 'plain';
  /** The part to send next, from 0: those before it have arrived. */
  part: number;
  /** How often the platform has said no: what it may remember of a key it has refused is not documented, so each try has its own. */
  refusals: number;
  /** All of it has; only the entries do not say so yet. */
  arrived?: true;
}

/** How a destination stands, shared by every notifier that runs. Times are in ms since 1970. */
export interface Standing {
  /** Counts its changes: whoever read an older one may not store. */
  version: number;
  buckets: Buckets;
  budget: Budget;
  /** Until then somebody is sending; if nobody has said more by then, that somebody is dead. */
  busyUntil: number;
  /** Until then the platform wants to be left alone. */
  pausedUntil: number;
  /** Refusals in a row. */
  failures: number;
  /** For when a wake-up has been ordered. */
  wakeAt: number;
  message?: Message;
}

export const UNTOUCHED: Standing = {
  version: 0,
  buckets: [],
  budget: { month: '', sent: 0, lastAt: 0 },
  busyUntil: 0,
  pausedUntil: 0,
  failures: 0,
  wakeAt: 0,
};

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

/** The platform has said: not now. */
export const paused = (standing: Standing, refusal: DeliveryError, now: number, random: () => number): Standing => {
  const failures = standing.failures + 1;
  const message = standing.message && refused(standing.message, refusal);
  const pausedUntil = now + rest(refusal, failures, random);
  return { ...released(standing, isSuspect(failures, message, refusal) ? undefined : message), failures, pausedUntil };
};

/** Without an answer it may have been shown: then only the same key keeps it from being shown twice. */
const refused = (message: Message, { uncertain }: DeliveryError): Message =>
  uncertain ? message : { ...message, refusals: message.refusals + 1 };

/** From so many failures in a row on it may be this message, not the platform; a digest that is not sent again as it was may be told twice. */
export const PATIENCE = { lone: 3, digest: 6 };

/** Then it is taken apart, so that it does not stand in the way of what else waits. */
const isSuspect = (failures: number, message: Message | undefined, { throttled }: DeliveryError): boolean =>
  !throttled && message?.part === 0 && failures >= (message.keys.length > 1 ? PATIENCE.digest : PATIENCE.lone);
