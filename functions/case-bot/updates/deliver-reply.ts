import { type Card, DeliveryError } from '@casebell/im/bots';
import { caseCard } from '../domain/case-card';
import { LEASE_MS, type Versioned } from '../domain/case-store';
import { type CaseSubscription, withDelivered, withStatus } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { type CaseReply, toCaseReply, unseenReplies } from './case-replies';
import { forwardAttachment } from './forward-attachment';
import { replyCard, replyNoticeCard, resolvedCard, statusCard } from './reply-card';
import { summarizeReply } from './reply-summary';

type Mine = Versioned<CaseSubscription>;

const NOTABLE = ['resolved', 'reopened', 'pending-customer-action'];

/**
 * THE FLOW back: what AWS has that was not told yet is told where the case lives, oldest first, each once; then its status. One
 * worker at a time; every step is written down when the chat has accepted it. Gives how much was told. Throws Later when somebody else is at it.
 */
export async function deliverUpdates(
  known: Mine,
  found: SupportCase,
  supportClient: SupportClient,
  ctx: BotContext,
): Promise<number> {
  if ((known.leaseExpiresAt ?? 0) > ctx.now()) throw new RetryLaterError(`Somebody is at case ${known.displayId}.`);
  const mine = await saveSubscription({ ...known, leaseExpiresAt: ctx.now() + LEASE_MS }, ctx);
  return tellAll(mine, found, supportClient, ctx).catch((error) => releaseSubscription(mine, error, ctx));
}

async function tellAll(held: Mine, found: SupportCase, supportClient: SupportClient, ctx: BotContext): Promise<number> {
  let mine = held;
  const { news, own } = await unseenReplies(mine, found, supportClient, ctx);
  for (const letter of news) mine = await tell(letter, mine, supportClient, ctx);
  const hasTurned = mine.status !== found.status;
  if (hasTurned) mine = await tellStatus(found, mine, supportClient, ctx);
  if (news.length > 0 || hasTurned) mine = await showAnew(found, mine, ctx);
  // The next poll need not look at them again.
  const delivered = [...mine.delivered, ...own.map(({ id, sentAt }) => ({ id, time: sentAt, isOwn: true as const }))];
  await saveSubscription({ ...mine, delivered, leaseExpiresAt: undefined, unreachableSince: undefined }, ctx);
  return news.length + Number(hasTurned && NOTABLE.includes(found.status));
}

/** Who fails leaves the case to the next at once; only who dies keeps it until the lease is over. */
export async function releaseSubscription(
  { account, displayId, leaseExpiresAt }: Mine,
  error: unknown,
  { store, now }: BotContext,
): Promise<never> {
  const mine = await store.getSubscription(account, displayId);
  const unreachableSince = isPermanentRejection(error) ? now() : mine?.unreachableSince;
  if (mine && mine.leaseExpiresAt === leaseExpiresAt)
    await store.saveSubscription({ ...mine, leaseExpiresAt: undefined, unreachableSince });
  throw error;
}

/** The place will not have it, however often it is tried. */
export const isPermanentRejection = (error: unknown): boolean => error instanceof DeliveryError && !error.retryable;

async function tell(letter: CaseReply, mine: Mine, supportClient: SupportClient, ctx: BotContext): Promise<Mine> {
  const isRetry = mine.inFlight === letter.id;
  const begun = isRetry ? mine : await saveSubscription({ ...mine, inFlight: letter.id }, ctx);
  const idempotencyKey = `${mine.caseId}/${letter.id}`;
  await sayLetter(letter, mine, ctx, { idempotencyKey, isRetry });
  for (const [index, file] of letter.attachments.entries())
    await forwardAttachment(file, mine, supportClient, ctx, { idempotencyKey: `${idempotencyKey}/${index}`, isRetry });
  return saveSubscription({ ...withDelivered(begun, letter.id, letter.sentAt), version: begun.version }, ctx);
}

/**
 * With its summary where there is one. A text that the chat takes offence at keeps nothing behind it waiting: it is said without what a model
 * has added, and then that there is one, and where it is to be read.
 */
async function sayLetter(
  letter: CaseReply,
  mine: Mine,
  ctx: BotContext,
  { idempotencyKey, isRetry }: { idempotencyKey: string; isRetry: boolean },
): Promise<void> {
  const [summary, whole] = [await summarizeReply(letter, ctx), replyCard(letter, mine, ctx)];
  // A refused form has shown nothing, so with or without its summary the letter has one key: whoever comes again need not know which it was.
  const forms = [
    ...(summary ? [{ card: { ...whole, summary }, key: idempotencyKey }] : []),
    { card: whole, key: idempotencyKey },
    { card: replyNoticeCard(letter, mine, ctx), key: `${idempotencyKey}/notice` },
  ];
  await sayFirst(forms, mine, ctx, isRetry);
}

/** The first of these that the chat takes. */
async function sayFirst(
  [form, ...plainer]: readonly { card: Card; key: string }[],
  mine: Mine,
  ctx: BotContext,
  isRetry: boolean,
): Promise<void> {
  if (!form) return;
  try {
    await ctx.app.send(form.card, mine.conversation, form.key, isRetry);
  } catch (error) {
    if (!isPermanentRejection(error) || plainer.length === 0) throw error;
    ctx.log.warn('reply.rejected', { case: mine.displayId, reason: String(error) });
    await sayFirst(plainer, mine, ctx, isRetry);
  }
}

async function tellStatus(
  found: SupportCase,
  mine: Mine,
  supportClient: SupportClient,
  ctx: BotContext,
): Promise<Mine> {
  const id = `${found.status}@${mine.watermark}`;
  if (!NOTABLE.includes(found.status))
    return saveSubscription({ ...mine, ...withStatus(found.status, ctx.now()) }, ctx);
  const isRetry = mine.inFlight === id;
  const begun = isRetry ? mine : await saveSubscription({ ...mine, inFlight: id }, ctx);
  const card = found.status === 'resolved' ? await closing(found, supportClient, ctx) : statusCard(found, ctx);
  await ctx.app.send(card, mine.conversation, `${mine.caseId}/${id}`, isRetry);
  return saveSubscription({ ...begun, ...withStatus(found.status, ctx.now()), inFlight: undefined }, ctx);
}

async function closing(found: SupportCase, supportClient: SupportClient, ctx: BotContext) {
  return resolvedCard(found, (await supportClient.listCommunications(found.caseId)).map(toCaseReply), ctx);
}

/** The case's own card says how it stands; where the platform will not have it shown anew any more, it stays as it is. */
async function showAnew(found: SupportCase, mine: Mine, ctx: BotContext): Promise<Mine> {
  const { app, log } = ctx;
  if (!mine.card || !app.update) return mine;
  try {
    await app.update(mine.card, caseCard(found, mine.account, ctx), mine.conversation);
    return mine;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn('card.update_failed', { case: mine.displayId, reason: error.message });
    return error.retryable ? mine : { ...mine, card: undefined };
  }
}

/** Throws Later when somebody else has kept it since it was read. */
export async function saveSubscription(following: Mine, { store }: BotContext): Promise<Mine> {
  const kept = await store.saveSubscription(following);
  if (!kept) throw new RetryLaterError(`Somebody else was at case ${following.displayId}.`);
  return kept;
}
