import { type Card, DeliveryError } from '@casebell/im/bots';
import { caseCard } from '../domain/case-card';
import { withDelivered, withStatus } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import { isPermanentRejection } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { type CaseReply, toCaseReply, unseenReplies } from './case-replies';
import { forwardAttachment } from './forward-attachment';
import { replyCard, replyNoticeCard, resolvedCard, statusCard } from './reply-card';
import { summarizeReply } from './reply-summary';
import { type Subscription, saveOrRetry, withLease } from './subscription-lease';

/** Other statuses only change the case card. */
const NOTIFIED_STATUSES = ['resolved', 'reopened', 'pending-customer-action'];

/**
 * Delivers what is new in a case to its conversation: replies, oldest first, then the status. One worker at a time; each step is saved after
 * the chat has accepted it. Returns how many updates were delivered. Throws RetryLaterError while another worker delivers.
 */
export const deliverUpdates = (subscription: Subscription, found: FoundCase, ctx: BotContext): Promise<number> =>
  withLease(subscription, ctx, (leased) => deliverAll(leased, found, ctx));

async function deliverAll(leased: Subscription, found: FoundCase, ctx: BotContext): Promise<number> {
  const { status } = found.supportCase;
  const { unseen, own } = await unseenReplies(leased, found, ctx);
  let current = leased;
  for (const reply of unseen) current = await deliverReply(reply, current, found, ctx);
  const isNewStatus = current.status !== status;
  if (isNewStatus) current = await deliverStatus(current, found, ctx);
  if (unseen.length > 0 || isNewStatus) current = await updateCaseCard(current, found, ctx);
  // Own replies count as delivered, so that the next poll skips them.
  const delivered = [
    ...current.delivered,
    ...own.map(({ id, sentAt }) => ({ id, time: sentAt, isOwn: true as const })),
  ];
  await saveOrRetry({ ...current, delivered, leaseExpiresAt: undefined, unreachableSince: undefined }, ctx);
  return unseen.length + Number(isNewStatus && NOTIFIED_STATUSES.includes(status));
}

async function deliverReply(
  reply: CaseReply,
  subscription: Subscription,
  found: FoundCase,
  ctx: BotContext,
): Promise<Subscription> {
  const isRetry = subscription.inFlight === reply.id;
  const started = isRetry ? subscription : await saveOrRetry({ ...subscription, inFlight: reply.id }, ctx);
  const idempotencyKey = `${subscription.caseId}/${reply.id}`;
  await sendReplyCard(reply, started, { idempotencyKey, isRetry }, ctx);
  for (const [index, file] of reply.attachments.entries())
    await forwardAttachment(file, { found, subscription, idempotencyKey: `${idempotencyKey}/${index}`, isRetry }, ctx);
  return saveOrRetry(withDelivered(started, reply), ctx);
}

interface SendOptions {
  idempotencyKey: string;
  isRetry: boolean;
}

/** A reply that the chat rejects must not block later ones: it is sent without the model's summary, then as a notice without its text. */
async function sendReplyCard(
  reply: CaseReply,
  subscription: Subscription,
  { idempotencyKey, isRetry }: SendOptions,
  ctx: BotContext,
): Promise<void> {
  const [summary, card] = [await summarizeReply(reply, ctx), replyCard(reply, subscription, ctx)];
  // A rejected card was not shown, so the card has the same key with and without its summary.
  const variants = [
    ...(summary ? [{ card: { ...card, summary }, key: idempotencyKey }] : []),
    { card, key: idempotencyKey },
    { card: replyNoticeCard(reply, subscription, ctx), key: `${idempotencyKey}/notice` },
  ];
  await sendFirstAccepted(variants, subscription, isRetry, ctx);
}

async function sendFirstAccepted(
  [variant, ...others]: readonly { card: Card; key: string }[],
  subscription: Subscription,
  isRetry: boolean,
  ctx: BotContext,
): Promise<void> {
  if (!variant) return;
  try {
    await ctx.app.send(variant.card, subscription.conversation, variant.key, isRetry);
  } catch (error) {
    if (!isPermanentRejection(error) || others.length === 0) throw error;
    ctx.log.warn('reply.rejected', { case: subscription.displayId, reason: String(error) });
    await sendFirstAccepted(others, subscription, isRetry, ctx);
  }
}

async function deliverStatus(subscription: Subscription, found: FoundCase, ctx: BotContext): Promise<Subscription> {
  const { supportCase, supportClient } = found;
  const { status, caseId } = supportCase;
  const changes = withStatus(status, ctx.now());
  if (!NOTIFIED_STATUSES.includes(status)) return saveOrRetry({ ...subscription, ...changes }, ctx);
  const id = `${status}@${subscription.watermark}`;
  const isRetry = subscription.inFlight === id;
  const started = isRetry ? subscription : await saveOrRetry({ ...subscription, inFlight: id }, ctx);
  const card =
    status === 'resolved'
      ? resolvedCard(supportCase, (await supportClient.listCommunications(caseId)).map(toCaseReply), ctx)
      : statusCard(supportCase, ctx);
  await ctx.app.send(card, subscription.conversation, `${subscription.caseId}/${id}`, isRetry);
  return saveOrRetry({ ...started, ...changes, inFlight: undefined }, ctx);
}

/** Shows the new state on the case card. A card that the platform no longer updates stays unchanged. */
async function updateCaseCard(subscription: Subscription, found: FoundCase, ctx: BotContext): Promise<Subscription> {
  const { app, log } = ctx;
  if (!subscription.card || !app.update) return subscription;
  try {
    await app.update(subscription.card, caseCard(found, ctx), subscription.conversation);
    return subscription;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn('card.update_failed', { case: subscription.displayId, reason: error.message });
    return error.retryable ? subscription : { ...subscription, card: undefined };
  }
}
