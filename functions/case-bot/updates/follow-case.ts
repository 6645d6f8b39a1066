import type { Conversation, CreatedThread } from '@casebell/im/bots';
import { CASE_CONVERSATION_HINT, caseCard, caseLink } from '../domain/case-card';
import { LEASE_MS } from '../domain/case-store';
import { type CaseSubscription, OVERLAP_MS, withStatus } from '../domain/case-subscription';
import type { BotContext, WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import type { SupportCase } from '../domain/support-client';
import { toCaseReply } from './case-replies';
import { releaseLease, type Subscription, saveOrRetry, withLease } from './subscription-lease';

/**
 * Subscribes a conversation to a case that was opened elsewhere, and posts the case card; as a thread, where the platform has threads.
 * A case that another conversation follows moves only if that conversation is unreachable. The subscription is saved before the card is
 * posted: of two workers one posts it, and after a crash the poll does.
 * @param since communications from then on are delivered, in ms since 1970
 */
export async function followCase(
  found: FoundCase,
  conversation: Conversation,
  since: number,
  ctx: BotContext,
): Promise<Subscription> {
  const { store, bot, now } = ctx;
  const { displayId } = found.supportCase;
  const known = await store.getSubscription(found.account, displayId);
  if (known && known.unreachableSince === undefined)
    return known.pendingIntro && known.bot === bot.name ? resumeFollow(known, found, ctx) : known;
  const initial = known ?? { ...(await initialSubscription(found, since, now())), version: 0 };
  const leased = await store.saveSubscription({
    ...initial,
    ...{ bot: bot.name, conversation, card: undefined, inFlight: undefined, unreachableSince: undefined },
    pendingIntro: true,
    leaseExpiresAt: now() + LEASE_MS,
  });
  if (leased) return postCaseCard(leased, found, false, ctx).catch((error) => releaseLease(leased, error, ctx));
  const other = await store.getSubscription(found.account, displayId);
  if (!other) throw new RetryLaterError(`Another worker has changed the subscription to case ${displayId}.`);
  return other;
}

async function initialSubscription({ account, supportCase, supportClient }: FoundCase, since: number, now: number) {
  const { caseId, displayId, status } = supportCase;
  const earlier = (await supportClient.listCommunications(caseId, since - OVERLAP_MS)).map(toCaseReply);
  const delivered = earlier.flatMap(({ id, sentAt }) => (sentAt < since ? [{ id, time: sentAt }] : []));
  return { account, caseId, displayId, ...withStatus(status, now), watermark: since, delivered };
}

/** Posts the case card that an earlier attempt may not have posted. Throws RetryLaterError while another worker does. */
export const resumeFollow = (subscription: Subscription, found: FoundCase, ctx: BotContext): Promise<Subscription> =>
  withLease(subscription, ctx, (leased) => postCaseCard(leased, found, true, ctx));

async function postCaseCard(
  leased: Subscription,
  found: FoundCase,
  isRetry: boolean,
  ctx: BotContext,
): Promise<Subscription> {
  const { card, ...conversation } = await sendCaseCard(leased, found, isRetry, ctx);
  if (conversation.thread) await ctx.store.linkConversation(leased, conversation);
  return saveOrRetry({ ...leased, conversation, card, pendingIntro: undefined, leaseExpiresAt: undefined }, ctx);
}

/** A new group would need members: only a thread in the conversation is created. */
async function sendCaseCard(
  { conversation }: CaseSubscription,
  found: FoundCase,
  isRetry: boolean,
  ctx: BotContext,
): Promise<CreatedThread> {
  const { app, bot, locale } = ctx;
  const { caseId, displayId, subject } = found.supportCase;
  const card = caseCard(found, ctx);
  const idempotencyKey = `follow/${bot.name}/${caseId}`;
  if (app.createThread && app.createsThreadsInConversation) {
    const thread = { name: subject, members: [], link: caseLink(displayId, ctx) };
    const intro = { ...card, text: locale.t(CASE_CONVERSATION_HINT) };
    return app.createThread({ ...thread, card: intro }, conversation, idempotencyKey);
  }
  await app.send(card, conversation, idempotencyKey, isRetry);
  return conversation;
}

/**
 * Subscribes the conversation for new cases of the account, if a bot has one, to a case without a subscription. Not for a case that is
 * older than the bot's wish, nor for one that is being created from a chat: that one gets its own conversation.
 */
export async function followNewCase(found: FoundCase, ctx: WorkerContext): Promise<Subscription | undefined> {
  const { account, supportCase } = found;
  if (await isFromChat(supportCase, ctx)) return undefined;
  const openedAt = Date.parse(supportCase.time);
  for (const { bot, conversation } of await ctx.subscribedBots(account)) {
    const botContext = await ctx.botContext(bot);
    const since = await ctx.store.watchStartedAt(account, bot);
    if (botContext && openedAt >= since)
      return followCase(found, { id: conversation, kind: 'group' }, openedAt, botContext);
  }
  return undefined;
}

const REFERENCE = /\[(CB-\w+)\]/;

/** Its text contains the reference of a record. */
async function isFromChat({ latest }: SupportCase, { store }: WorkerContext): Promise<boolean> {
  const references = latest.flatMap(({ body }) => REFERENCE.exec(body)?.[1] ?? []);
  const records = await Promise.all(references.map((reference) => store.getRecord(reference)));
  return records.some((record) => record !== undefined);
}
