import type { Card, DeliveryError, RateLimit } from '@casebell/im/webhooks';
import type { TimeZone } from '../../shared/time';
import { type Buckets, type Budget, backoffMs, consumeToken, nextTokenAt, spendBudget } from './rate-limit';

/** A message in flight: all that is needed to resume it after a crash. */
export interface Message {
  /** Part of the idempotency key: the same entries make the same id. */
  id: string;
  /** Keys of the entries that it delivers. */
  keys: readonly string[];
  card: Card;
  form: 'card' | 'plain';
  /** The part to send next, from 0: the platform has accepted those before it. */
  part: number;
  /** `DestinationState.rejectionCount` at that time: a part of the idempotency key. */
  rejectionCount: number;
  /** The platform has accepted all of it; only its entries are not marked yet. */
  isAccepted?: true;
}

/** The state of one destination, shared by all notifiers. Times are in ms since 1970. */
export interface DestinationState {
  /** Counts the changes: a writer that has read an older version fails. */
  version: number;
  buckets: Buckets;
  budget: Budget;
  /** Until then a notifier is sending. */
  leaseExpiresAt: number;
  /** Until then the platform is left alone. */
  backoffUntil: number;
  /** Failures in a row. */
  failures: number;
  /** Rejections ever. No idempotency key is used again after a rejection: how platforms treat the key of a rejected message is not documented. */
  rejectionCount: number;
  /** 0 where no wake-up is scheduled. */
  wakeUpScheduledFor: number;
  message?: Message;
  /** The single entry on which the platform fails repeatedly, and whether it has accepted other entries since: then the entry is the cause. */
  poisonCandidate?: { key: string; othersAccepted: boolean };
}

export const INITIAL_STATE: DestinationState = {
  version: 0,
  buckets: [],
  budget: { month: '', sent: 0, lastSentAt: 0 },
  leaseExpiresAt: 0,
  backoffUntil: 0,
  failures: 0,
  rejectionCount: 0,
  wakeUpScheduledFor: 0,
};

/** The clock of another notifier may be a little ahead. */
const CLOCK_SKEW_MS = 2_000;

/** When the platform's rate limit allows the next message, in ms since 1970. */
export const sendableAt = ({ buckets, backoffUntil }: DestinationState, limits: readonly RateLimit[]): number =>
  Math.max(backoffUntil, nextTokenAt(buckets, limits));

/**
 * A part of this message is about to be sent.
 * @param lease.until the end of the Lambda invocation: after that this notifier is surely gone
 */
export const acquireLease = (
  state: DestinationState,
  message: Message,
  limits: readonly RateLimit[],
  lease: { now: number; until: number; timeZone: TimeZone },
): DestinationState => ({
  ...state,
  buckets: consumeToken(state.buckets, limits, lease.now),
  budget: spendBudget(state.budget, lease.now, lease.timeZone),
  leaseExpiresAt: lease.until + CLOCK_SKEW_MS,
  message,
});

/** The platform has accepted all of it. The lease is kept until the entries are marked. */
export const markAccepted = (
  { poisonCandidate: candidate, ...state }: DestinationState,
  message: Message,
): DestinationState => ({
  ...state,
  failures: 0,
  message: { ...message, isAccepted: true },
  ...(candidate &&
    !message.keys.includes(candidate.key) && { poisonCandidate: { ...candidate, othersAccepted: true } }),
});

/** Any notifier may send the rest of the message; without a message, whatever else is pending. */
export const releaseDestination = (
  { message: _, ...state }: DestinationState,
  message?: Message,
): DestinationState => ({
  ...state,
  leaseExpiresAt: 0,
  ...(message && { message }),
});

/**
 * The platform does not accept it for now. Without an answer the message may have been shown, and only the same idempotency key keeps
 * it from being shown twice.
 */
export function backOff(
  before: DestinationState,
  message: Message,
  rejection: DeliveryError,
  { now, random }: { now(): number; random(): number },
): DestinationState {
  const failures = before.failures + 1;
  const rejectionCount = before.rejectionCount + (rejection.outcomeUnknown ? 0 : 1);
  const backoffUntil = now() + backoffMs(rejection, failures, random);
  const state = { ...before, failures, rejectionCount, backoffUntil };
  const retried = { ...message, rejectionCount };
  if (!isMessageSuspect(failures, message, rejection)) return releaseDestination(state, retried);
  if (message.part > 0) return releaseDestination(state, { ...retried, form: 'plain', part: 0 });
  return { ...releaseDestination(state), ...withCandidate(before, message) };
}

/**
 * From that many failures in a row the message may be the cause, not the platform. A digest that is not sent again unchanged may be
 * shown twice, so it gets more.
 */
export const SUSPECT_AFTER_FAILURES = { single: 3, digest: 6 };

/** A suspect message is composed again from fewer entries. Without any answer the cause is the platform, or the network. */
function isMessageSuspect(failures: number, { keys }: Message, { throttled, outcomeUnknown }: DeliveryError): boolean {
  const { single, digest } = SUSPECT_AFTER_FAILURES;
  return !throttled && outcomeUnknown !== 'unanswered' && failures >= (keys.length > 1 ? digest : single);
}

function withCandidate(
  { poisonCandidate: candidate }: DestinationState,
  { keys: [key, ...others] }: Message,
): Pick<DestinationState, 'poisonCandidate'> {
  if (key === undefined || others.length) return {};
  return { poisonCandidate: { key, othersAccepted: candidate?.key === key && candidate.othersAccepted } };
}

/** Whether the platform fails on this entry only: more retries would only delay the others. */
export const isPoison = ({ failures, poisonCandidate }: DestinationState, message: Message, rejection: DeliveryError) =>
  poisonCandidate?.othersAccepted === true &&
  message.keys.join() === poisonCandidate.key &&
  isMessageSuspect(failures + 1, message, rejection);
