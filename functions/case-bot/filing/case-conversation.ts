import type { CreatedThread } from '@casebell/im/bots';
import { caseLink, newCaseCard } from '../domain/case-card';
import { type CaseRecord, conversationKey, type Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { MessageContext } from '../domain/context';
import { isPermanentRejection, RetryLaterError } from '../domain/errors';

/**
 * Gives a case its conversation: a new group or thread with the case card; where the platform creates none (it has none, or a permission is
 * missing), the conversation in which the case was requested. The subscription is created first, so that updates are delivered to the
 * latter until then. Throws RetryLaterError while another worker holds the subscription.
 */
export async function openCaseConversation(
  record: Versioned<CaseRecord>,
  ctx: MessageContext,
): Promise<Versioned<CaseRecord>> {
  if (record.conversation) return record;
  const { store } = ctx;
  const subscription = subscriptionOf(record);
  const { conversation: known } = await store.createSubscription(subscription);
  const { card, ...conversation } = (await createThread(record, ctx)) ?? { ...record.requestedIn, card: undefined };
  const key = conversationKey(conversation);
  if (key !== conversationKey(record.requestedIn)) await store.linkConversation(subscription, conversation);
  if (card || key !== conversationKey(known)) await attachSubscription({ ...subscription, conversation, card }, ctx);
  return store.saveRecord({ ...record, conversation });
}

async function createThread(record: CaseRecord, ctx: MessageContext): Promise<CreatedThread | undefined> {
  const { displayId = '', request, opener, reference, requestedIn } = record;
  const name = `${displayId}-${request.subject}`;
  const card = newCaseCard(record, ctx, true);
  const thread = { name, members: [opener.id], link: caseLink(displayId, ctx), card };
  try {
    return await ctx.app.createThread?.(thread, requestedIn, reference);
  } catch (error) {
    if (!isPermanentRejection(error)) throw error;
    ctx.log.error('thread.create_failed', { case: displayId, reason: error.message });
    return undefined;
  }
}

/** Also takes over a subscription that an event of AWS has created for the case meanwhile. */
async function attachSubscription(
  { account, displayId, bot, conversation, reference, card }: CaseSubscription,
  { store, now }: MessageContext,
): Promise<void> {
  const known = await store.getSubscription(account, displayId);
  const isFree = known && (known.leaseExpiresAt ?? 0) <= now();
  const saved =
    isFree && (await store.saveSubscription({ ...known, bot, conversation, reference, card, pendingIntro: undefined }));
  // The event of the new case arrives now, and its worker is done within a second.
  if (!saved) throw new RetryLaterError(`Another worker holds the subscription to case ${displayId}.`, undefined, 2);
}

const subscriptionOf = ({
  account,
  caseId = '',
  displayId = '',
  bot,
  reference,
  createdAt,
  requestedIn,
}: CaseRecord): CaseSubscription => ({
  ...{ account, caseId, displayId, bot, reference },
  conversation: requestedIn,
  status: 'opened',
  watermark: createdAt,
  delivered: [],
});
