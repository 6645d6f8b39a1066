import type { Conversation } from '@casebell/im/bots';

/** A case whose updates are delivered to a conversation, and what was delivered so far. */
export interface CaseSubscription {
  /** The account's id. */
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  /** `platform/name` of the bot that delivers. */
  readonly bot: string;
  readonly conversation: Conversation;
  /** Of a case that was created from a chat: its first communication is not an update. */
  readonly reference?: string;
  /** The platform's id of the case card in the conversation, while it can be updated. */
  card?: string;
  /** As delivered last. */
  status: string;
  /** When the case was found to be resolved, in ms since 1970. Absent while it is open, and where AWS no longer has it. */
  resolvedAt?: number;
  /** Time of the latest delivered communication, in ms since 1970. It advances only after the chat has accepted the message. */
  watermark: number;
  /** Delivered around the watermark: communications can appear late, and several can have the same time. */
  delivered: readonly DeliveredReply[];
  /** The id of an update whose delivery was started: the chat may show it already. */
  inFlight?: string;
  /** Set until the case card is posted to the conversation. */
  pendingIntro?: true;
  /** A worker holds the subscription until then, in ms since 1970. */
  leaseExpiresAt?: number;
  /** Since when the chat rejects messages, in ms since 1970: the group was dissolved, or the bot was removed. */
  unreachableSince?: number;
}

export interface DeliveredReply {
  id: string;
  /** ms since 1970. */
  time: number;
  /** Set where it was written in this conversation, so that it was not delivered to it. */
  isOwn?: true;
}

/** How long an unreachable conversation is left alone: people may add the bot again. */
export const UNREACHABLE_RETRY_MS = 3_600_000;

/** How long a resolved case is still polled: without events, a late reply would not be noticed otherwise. */
export const RESOLVED_POLL_MS = 14 * 86_400_000;

/** How late a communication may appear after a newer one and still be delivered. */
export const OVERLAP_MS = 900_000;

/** The changes that a new status makes to a subscription. */
export const withStatus = (status: string, now: number): Pick<CaseSubscription, 'status' | 'resolvedAt'> => ({
  status,
  resolvedAt: status === 'resolved' ? now : undefined,
});

/** Marks the reply as delivered and advances the watermark. */
export function withDelivered<Subscription extends CaseSubscription>(
  subscription: Subscription,
  { id, sentAt }: { id: string; sentAt: number },
): Subscription {
  const watermark = Math.max(subscription.watermark, sentAt);
  const delivered = [...subscription.delivered, { id, time: sentAt }].filter(
    ({ time }) => time >= watermark - OVERLAP_MS,
  );
  return { ...subscription, watermark, delivered, inFlight: undefined };
}
