import type { Conversation } from '@casebell/im/bots';

/** A case whose news are told somewhere, and how far that has come. */
export interface CaseSubscription {
  /** The account's id. */
  readonly account: string;
  readonly caseId: string;
  readonly displayId: string;
  /** `platform/name`: who tells. */
  readonly bot: string;
  readonly conversation: Conversation;
  /** Of the case as we filed it; its own words are not news. */
  readonly reference?: string;
  /** The platform's id of the case's card there, as long as that can be shown anew. */
  card?: string;
  /** As it was told last. */
  status: string;
  /** Since when it is known to be resolved; ms since 1970. Absent while it is open, and for one that AWS does not have any more. */
  resolvedAt?: number;
  /** The time of the latest communication that was told, in ms since 1970. Moves only when the chat has accepted it. */
  watermark: number;
  /** What was told around the watermark: communications may appear late, and several at one time. */
  delivered: readonly DeliveredReply[];
  /** What was on its way when somebody last was at it: it may have been heard. */
  inFlight?: string;
  /** It is being brought to its place, and its card may not have been said there yet. */
  pendingIntro?: true;
  /** Until then (ms since 1970) somebody is at it. */
  leaseExpiresAt?: number;
  /** Since when its place will not have it: a group that was dissolved, a bot that was taken out; ms since 1970. */
  unreachableSince?: number;
}

export interface DeliveredReply {
  id: string;
  /** ms since 1970. */
  time: number;
  /** It was typed where the case lives, and so was never said there. */
  isOwn?: true;
}

/** In ms: so long a place that has refused is left alone; somebody may let the bot in again. */
export const UNREACHABLE_RETRY_MS = 3_600_000;

/** In ms: so long a resolved case is looked at, too: where there are no events, a late word of AWS would be told by nobody else. */
export const RESOLVED_POLL_MS = 14 * 86_400_000;

/** A case's status, and since when it is resolved. */
export const withStatus = (status: string, now: number): Pick<CaseSubscription, 'status' | 'resolvedAt'> => ({
  status,
  resolvedAt: status === 'resolved' ? now : undefined,
});

/** In ms: a communication that appears later than this after a newer one is not looked for. */
export const OVERLAP_MS = 900_000;

/** The same, with one more told. */
export function withDelivered(subscription: CaseSubscription, id: string, time: number): CaseSubscription {
  const watermark = Math.max(subscription.watermark, time);
  const delivered = [...subscription.delivered, { id, time }].filter((one) => one.time >= watermark - OVERLAP_MS);
  return { ...subscription, watermark, delivered, inFlight: undefined };
}
