import { type Channel, DeliveryError } from '@casebell/im/webhooks';
import { describeError } from '../../shared/log';
import type { Incident, Outcome } from '../outbox/outbox';
import type { DeliveryDeps, Destination } from './deps';
import { correlateAll, incidentsAfter } from './incidents';
import { consumeToken } from './rate-limit';
import {
  acquireLease,
  backOff,
  type DestinationState,
  isPoison,
  type Message,
  markAccepted,
  releaseDestination,
} from './state';

/** What a step of a delivery works on. */
export interface DeliveryContext {
  destination: Destination;
  /** As it was read or stored last. */
  state: DestinationState;
  deps: DeliveryDeps;
  /** When Lambda ends the invocation, in ms since 1970. */
  deadline: number;
}

type Incidents = ReadonlyMap<string, Incident>;

/**
 * Sends one part of a message. The lease is stored before, and the platform's answer at once after: only when a notifier dies between
 * the two is the part sent again, with the same idempotency key.
 */
export async function sendPart(message: Message, context: DeliveryContext, incidents?: Incidents): Promise<void> {
  const { destination, state: before, deps, deadline } = context;
  const { id, channel } = destination;
  const lease = { now: deps.clock.now(), until: deadline, timeZone: deps.timeZone };
  const leased = await deps.outbox.saveState(id, acquireLease(before, message, channel.rateLimits, lease));
  if (!leased) return;
  const result = await postPart(message, channel);
  deps.metrics.count('MessagesSent');
  // The platform counts from when it received the message, which was some time before its answer.
  const state = { ...leased, buckets: consumeToken(before.buckets, channel.rateLimits, deps.clock.now()) };
  if (result instanceof DeliveryError) return onRejected(result, message, { ...context, state });
  if (result === 'more') {
    await deps.outbox.saveState(id, releaseDestination(state, { ...message, part: message.part + 1 }));
    return;
  }
  const accepted = await deps.outbox.saveState(id, markAccepted(state, message));
  if (accepted) await acknowledge(message, { ...context, state: accepted }, incidents);
}

/** Posts the current part: rejected, accepted with more parts to come, or all accepted. */
async function postPart(message: Message, channel: Channel): Promise<DeliveryError | 'more' | 'all'> {
  try {
    const parts = channel.compose(message.card, message.form);
    const part = parts[message.part];
    if (part) await channel.post(part, idempotencyKey(message));
    return message.part + 1 < parts.length ? 'more' : 'all';
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    // A card that cannot be rendered can still be sent as plain text.
    return new DeliveryError(channel.platform, {
      reason: describeError(error),
      retryable: false,
      payloadRejected: true,
    });
  }
}

/** Each part, the plain form, and a message after a rejection are separate messages for the platform. */
const idempotencyKey = ({ id, part, form, rejectionCount }: Message): string =>
  `${id}-${form}-${part + 1}-${rejectionCount}`;

/** The platform has accepted all of a message: marks its entries as delivered, and releases the destination. Idempotent. */
export async function acknowledge(message: Message, context: DeliveryContext, incidents?: Incidents): Promise<void> {
  const { destination, deps } = context;
  const { id, keys } = message;
  await finish(message, 'delivered', context, incidents ?? (await incidentsOf(message, context)));
  deps.metrics.count('EventsDelivered', keys.length);
  if (keys.length > 1) deps.metrics.count('EventsBatched', keys.length);
  deps.log.info('message.delivered', { destination: destination.id, messageId: id, events: keys.length });
}

/** Of a message that another notifier began and could not finish: its incidents are correlated again. */
async function incidentsOf({ keys }: Message, { destination, deps }: DeliveryContext): Promise<Incidents> {
  const { outbox, clock, locale } = deps;
  const entries = await outbox.pendingByKey(destination.id, keys);
  const known = (names: readonly string[]) => outbox.incidents(destination.id, names);
  const { items, changed } = await correlateAll(entries, known, clock.now(), locale);
  return new Map([...changed, ...incidentsAfter(items)]);
}

async function finish(
  { id: messageId, keys }: Message,
  outcome: Outcome,
  { destination, state, deps }: DeliveryContext,
  incidents: Incidents,
): Promise<void> {
  const processed = keys.map((key) => ({ key, outcome, messageId }));
  await deps.outbox.markProcessed(destination.id, processed, incidents);
  await deps.outbox.saveState(destination.id, releaseDestination(state));
}

/** Retries later, retries as plain text, or gives the message up. */
async function onRejected(rejection: DeliveryError, message: Message, context: DeliveryContext): Promise<void> {
  const { destination, state, deps } = context;
  const { outbox, clock, log, metrics } = deps;
  const events = message.keys.length;
  const facts = { destination: destination.id, messageId: message.id, events, reason: rejection.message };
  const { platform, code = 'unknown' } = rejection;
  if (rejection.throttled) metrics.count('DeliveriesThrottled');
  const poison = isPoison(state, message, rejection);
  if (rejection.retryable && !poison) {
    const stored = backOff(state, message, rejection, clock);
    metrics.count('MessagesDeferred', 1, { platform, code });
    log.warn('delivery.deferred', { ...facts, retryAt: new Date(stored.backoffUntil).toISOString() });
    await outbox.saveState(destination.id, stored);
  } else if ((rejection.payloadRejected || poison) && message.form === 'card') {
    log.warn('delivery.fallback_plain_text', facts);
    await outbox.saveState(destination.id, releaseDestination(state, asPlainText(message)));
  } else {
    log.error('delivery.rejected', facts);
    metrics.count('EventsRejected', events, { platform, code });
    await sendToDlq(rejection, message, destination, deps);
    await finish(message, 'deadLettered', context, new Map());
  }
}

/** The platform may have rejected the words of the events in a digest; its counts are our own. */
function asPlainText(message: Message): Message {
  const { quote: _, links: __, ...counts } = message.card;
  return { ...message, card: message.keys.length > 1 ? counts : message.card, form: 'plain', part: 0 };
}

/** Before the entries are marked: after a crash in between they are rejected and sent to the queue again, and a redrive delivers them once. */
async function sendToDlq(
  { message: reason }: DeliveryError,
  { keys }: Message,
  { id, channel }: Destination,
  { outbox, queues }: DeliveryDeps,
): Promise<void> {
  const entries = await outbox.pendingByKey(id, keys);
  await queues.sendToDlq(entries.map((entry) => ({ destination: id, platform: channel.platform, reason, entry })));
}
