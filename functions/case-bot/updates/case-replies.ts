import { createHash } from 'node:crypto';
import { conversationKey } from '../domain/case-store';
import { type CaseSubscription, OVERLAP_MS } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import type { FoundCase } from '../domain/find-case';
import type { Communication, SupportCase } from '../domain/support-client';

/** A communication with an id of ours: DescribeCommunications returns none. */
export interface CaseReply extends Communication {
  id: string;
  /** ms since 1970. */
  sentAt: number;
}

/** How many communications DescribeCases returns with a case. */
const RECENT_COMMUNICATIONS = 5;
/** How AWS signs its replies (Communication, submittedBy). */
const AWS = /^amazon web services/i;
/** The end of our footer, also of one part of a long text. */
const MARK = /\[(M-[0-9a-f]{12}|CB-\w+)\](?: \(\d+\/\d+\))?$/;

export const isFromAws = ({ submittedBy }: Pick<Communication, 'submittedBy'>): boolean => AWS.test(submittedBy);

/**
 * The replies that were not delivered yet, oldest first, and apart from them those that were written in this conversation. A reply that
 * appears on two pages, because new ones have moved it, counts once.
 */
export async function unseenReplies(
  subscription: CaseSubscription,
  { supportCase, supportClient }: FoundCase,
  ctx: BotContext,
): Promise<{ unseen: CaseReply[]; own: CaseReply[] }> {
  const since = subscription.watermark - OVERLAP_MS;
  const { latest, caseId } = supportCase;
  const oldest = latest.at(-1);
  const isComplete = latest.length < RECENT_COMMUNICATIONS || (oldest && Date.parse(oldest.time) < since);
  const communications = isComplete ? latest : await supportClient.listCommunications(caseId, since);
  const unique = new Map(communications.map(toCaseReply).map((reply) => [reply.id, reply]));
  const delivered = new Set(subscription.delivered.map(({ id }) => id));
  const fresh = [...unique.values()].filter(({ id, sentAt }) => sentAt >= since && !delivered.has(id));
  const isOwn = await Promise.all(fresh.map((reply) => isFromHere(reply, subscription, ctx)));
  const unseen = fresh.filter((_, index) => !isOwn[index]).sort((one, other) => one.sentAt - other.sentAt);
  return { unseen, own: fresh.filter((_, index) => isOwn[index]) };
}

/** Checks only what DescribeCases has returned, so it costs no call. */
export function hasUnseenReplies({ delivered, watermark, status }: CaseSubscription, found: SupportCase): boolean {
  const ids = new Set(delivered.map(({ id }) => id));
  const isUnseen = ({ id, sentAt }: CaseReply) => sentAt >= watermark - OVERLAP_MS && !ids.has(id);
  return status !== found.status || found.latest.map(toCaseReply).some(isUnseen);
}

export function toCaseReply(communication: Communication): CaseReply {
  const { time, submittedBy, body } = communication;
  const digest = createHash('sha256')
    .update(JSON.stringify([time, submittedBy, body]))
    .digest('hex');
  return { ...communication, id: digest.slice(0, 20), sentAt: Date.parse(time) || 0 };
}

/** People in the conversation have read it: it created the case, or it was written there. A reply of AWS that quotes it is not meant. */
async function isFromHere(
  reply: CaseReply,
  { reference, conversation, bot }: CaseSubscription,
  { store }: BotContext,
): Promise<boolean> {
  const mark = isFromAws(reply) ? undefined : MARK.exec(reply.body.trimEnd())?.[1];
  if (mark === undefined) return false;
  return mark === reference || (await store.getOrigin(mark)) === `${bot}/${conversationKey(conversation)}`;
}
