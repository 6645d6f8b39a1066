import { type CreatedThread, DeliveryError } from '@casebell/im/bots';
import { caseUrl, newCaseCard } from '../domain/case-card';
import { type CaseRecord, conversationKey, type Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { MessageContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';

/**
 * Gives a filed case its place: a group or a thread with the case's card in it; else the conversation where it was asked for. A platform
 * that will not open one (a permission is missing) is no reason to lose sight of a case that is filed: until there is a place, its
 * news are told where it was asked for. Throws Later while they are.
 */
export async function openCaseConversation(
  record: Versioned<CaseRecord>,
  ctx: MessageContext,
): Promise<Versioned<CaseRecord>> {
  if (record.conversation) return record;
  const subscription = followingOf(record);
  const { conversation: known } = await ctx.store.createSubscription(subscription);
  const { card, ...conversation } = (await open(record, ctx)) ?? { ...record.requestedIn, card: undefined };
  if (conversationKey(conversation) !== conversationKey(record.requestedIn))
    await ctx.store.linkConversation(subscription, conversation);
  if (card || conversationKey(conversation) !== conversationKey(known))
    await attachSubscription({ ...subscription, conversation, card }, ctx);
  return ctx.store.saveRecord({ ...record, conversation });
}

async function open(
  record: CaseRecord,
  { app, locale, region, log, ...office }: MessageContext,
): Promise<CreatedThread | undefined> {
  const { displayId = '', request, opener, reference, requestedIn } = record;
  const link = { label: locale.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(displayId, region) };
  const card = newCaseCard(record, { ...office, app, locale, region, log }, true);
  const place = { name: `${displayId}-${request.subject}`, members: [opener.id], link, card };
  try {
    return await app.createThread?.(place, requestedIn, reference);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable) throw error;
    log.error('thread.create_failed', { case: displayId, reason: error.message });
    return undefined;
  }
}

/** Also where AWS's event was faster, and the case was taken for one of somebody else's. */
async function attachSubscription(
  { account, displayId, bot, conversation, reference, card }: CaseSubscription,
  { store, now }: MessageContext,
) {
  const known = await store.getSubscription(account, displayId);
  const isFree = known && (known.leaseExpiresAt ?? 0) <= now();
  const moved =
    isFree && (await store.saveSubscription({ ...known, bot, conversation, reference, card, pendingIntro: undefined }));
  if (!moved) throw new RetryLaterError(`Somebody is at case ${displayId}.`);
}

function followingOf(record: CaseRecord): CaseSubscription {
  const { account, caseId = '', displayId = '', bot, reference, createdAt, requestedIn } = record;
  return {
    account,
    caseId,
    displayId,
    bot,
    conversation: requestedIn,
    reference,
    status: 'opened',
    watermark: createdAt,
    delivered: [],
  };
}
