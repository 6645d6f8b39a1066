import type { Card, Fact } from '@casebell/im/webhooks';
import { fingerprint } from '../ingest/json';
import type { Entry, Incident } from '../outbox/outbox';
import type { DeliveryDeps, Destination, TimeBudget } from './deps';
import { createDigest } from './digest';
import { correlateAll, type Item, incidentsAfter } from './incidents';
import { availableTokens, budgetOpensAt } from './rate-limit';
import { type DestinationState, type Message, SUSPECT_AFTER_FAILURES, sendableAt } from './state';

/** What to do next for a destination. */
export type Action =
  | { kind: 'idle' }
  /** Nothing may be sent before a time, in ms since 1970. */
  | { kind: 'wait'; until: number }
  /** Entries that repeat what was delivered. */
  | { kind: 'deduplicate'; keys: string[]; incidents: ReadonlyMap<string, Incident> }
  | SendAction
  /** The platform has accepted the message; only its entries are not marked yet. */
  | { kind: 'acknowledge'; message: Message };

export interface SendAction {
  kind: 'send';
  message: Message;
  /** What the destination knows once the message is delivered; absent when another notifier began it. */
  incidents?: ReadonlyMap<string, Incident>;
  /** Of a digest: the same message with a summary. */
  withSummary?(summary: Fact): Message;
}

const IDLE: Action = { kind: 'idle' };
/** Events that can be delivered one by one within this time are not a storm. */
const SINGLE_MESSAGES_MS = 10_000;
/** Events of one message: their keys are stored with it, and a DynamoDB item may have 400 KB. */
const MAX_EVENTS = 3_000;

/** Reads what is pending, and decides. Changes nothing. */
export async function nextAction(
  destination: Destination,
  state: DestinationState,
  deps: DeliveryDeps,
): Promise<Action> {
  const now = deps.clock.now();
  const { message, leaseExpiresAt } = state;
  if (leaseExpiresAt > now) return IDLE;
  if (message?.isAccepted) return { kind: 'acknowledge', message };
  const sendable = sendableAt(state, destination.channel.rateLimits);
  if (message) return sendable > now ? { kind: 'wait', until: sendable } : { kind: 'send', message };
  if (sendable <= now) return choose(await deps.outbox.pending(destination.id), destination, state, deps);
  const oldest = await deps.outbox.oldestPendingAt(destination.id);
  return oldest === undefined ? IDLE : { kind: 'wait', until: sendable };
}

/**
 * While the month's budget is short, events that are not critical wait for the window to open. When a message goes, all pending events
 * go with it, because that costs no further message.
 */
async function choose(
  entries: readonly Entry[],
  destination: Destination,
  state: DestinationState,
  deps: DeliveryDeps,
): Promise<Action> {
  if (entries.length === 0) return IDLE;
  const opensAt = budgetOpensAt(state.budget, destination.quota, deps.clock.now(), deps.timeZone);
  const hasCritical = entries.some(({ card }) => card.severity === 'critical');
  if (opensAt > deps.clock.now() && !hasCritical) return { kind: 'wait', until: opensAt };
  const {
    items: all,
    duplicates,
    changed,
  } = await correlateAll(
    entries.slice(0, MAX_EVENTS),
    (names) => deps.outbox.incidents(destination.id, names),
    deps.clock.now(),
    deps.locale,
  );
  const items = isolateSuspect(all, state.failures);
  if (items.length === 0 || duplicates.length) return { kind: 'deduplicate', keys: duplicates, incidents: changed };
  const maxSingle = opensAt > 0 ? 1 : singleMessages(destination, state, deps);
  return items.length <= maxSingle ? single(items, destination, state) : digest(items, destination, state, deps);
}

/** How many events can be delivered one by one in a reasonable time. A channel that rejects everything has no limits: one message. */
const singleMessages = ({ channel }: Destination, { buckets }: DestinationState, { clock }: DeliveryDeps): number => {
  const now = clock.now();
  return channel.rateLimits.length ? availableTokens(buckets, channel.rateLimits, now, now + SINGLE_MESSAGES_MS) : 1;
};

/**
 * After some failures in a row one event may be the cause. Then only a part is sent, another and a smaller one after each failure,
 * until all other events are delivered.
 */
function isolateSuspect(items: readonly Item[], failures: number): readonly Item[] {
  const halvings = failures - SUSPECT_AFTER_FAILURES.single + 1;
  if (halvings < 1 || items.length < 2) return items;
  const size = Math.max(1, items.length >> halvings);
  const start = (failures * size) % items.length;
  return items.slice(start, start + size);
}

/** The first event in a separate message; in a chat that has the case bot, with a button that opens a case about it. */
function single(items: readonly Item[], { hasCaseBot }: Destination, state: DestinationState): Action {
  const [first] = items;
  if (!first) return IDLE;
  const { card, entry } = first;
  const button = hasCaseBot ? entry.openCase : undefined;
  const complete = button ? { ...card, buttons: [...(card.buttons ?? []), button] } : card;
  return { kind: 'send', message: toMessage([first], complete, state), incidents: incidentsAfter([first]) };
}

function digest(
  items: readonly Item[],
  { channel }: Destination,
  state: DestinationState,
  { locale }: DeliveryDeps,
): Action {
  const draw = (summary?: Fact) => createDigest(items, locale, (card) => channel.compose(card).length === 1, summary);
  const message = toMessage(items, draw(), state);
  const withSummary = (summary: Fact): Message => ({ ...message, card: draw(summary) });
  return { kind: 'send', message, incidents: incidentsAfter(items), withSummary };
}

/** The same entries make the same message: sent again after a crash, it has the same idempotency key. */
function toMessage(items: readonly Item[], card: Card, { rejectionCount }: DestinationState): Message {
  const keys = items.map(({ entry }) => entry.key);
  const id = fingerprint(items.map(({ entry }) => [entry.key, entry.enqueuedAt]));
  return { id, keys, card, form: 'card', part: 0, rejectionCount };
}

/** How long a digest may wait for a model. */
const SUMMARY_BUDGET_MS = 8_000;
/** The end of the invocation is kept for sending. */
const SEND_RESERVE_MS = 20_000;

/** The message of an action; of a digest with a summary, where a model has one. */
export async function summarizeDigest(
  { message, withSummary }: SendAction,
  { summarize, clock }: DeliveryDeps,
  { deadline }: TimeBudget,
): Promise<Message> {
  if (!withSummary || !summarize) return message;
  const until = Math.min(clock.now() + SUMMARY_BUDGET_MS, deadline - SEND_RESERVE_MS);
  const summary = await summarize({ task: 'digest', id: message.id, card: message.card }, until);
  return summary ? withSummary(summary) : message;
}
