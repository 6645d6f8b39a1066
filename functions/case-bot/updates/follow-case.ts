import type { Conversation, CreatedThread } from '@casebell/im/bots';
import { CASE_CONVERSATION_HINT, caseCard, caseUrl } from '../domain/case-card';
import { LEASE_MS, type Versioned } from '../domain/case-store';
import { type CaseSubscription, OVERLAP_MS, withStatus } from '../domain/case-subscription';
import type { BotContext, WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { toCaseReply } from './case-replies';
import { releaseSubscription, saveSubscription } from './deliver-reply';

type Mine = Versioned<CaseSubscription>;

/**
 * Brings a case that was opened elsewhere into a conversation: in a thread of its own where the platform has them. What was said
 * before is told only from `since` on (ms since 1970). One that lives elsewhere moves only when its place will not have it any more.
 * That it comes is written down before its card is said: of two who bring it one does, and who dies at it is followed by the poll.
 */
export async function followCase(
  found: SupportCase,
  account: string,
  to: Conversation,
  since: number,
  supportClient: SupportClient,
  ctx: BotContext,
): Promise<Mine> {
  const { store, bot, now } = ctx;
  const known = await store.getSubscription(account, found.displayId);
  if (known && known.unreachableSince === undefined)
    return known.pendingIntro && known.bot === bot.name ? resumeFollow(known, found, ctx) : known;
  const begun = known ?? { ...(await initialSubscription(found, account, since, supportClient, now())), version: 0 };
  const here = { bot: bot.name, conversation: to, card: undefined, inFlight: undefined, unreachableSince: undefined };
  const mine = await store.saveSubscription({
    ...begun,
    ...here,
    pendingIntro: true,
    leaseExpiresAt: now() + LEASE_MS,
  });
  if (mine) return postCaseCard(mine, found, ctx, false);
  const theirs = await store.getSubscription(account, found.displayId);
  if (!theirs) throw new RetryLaterError(`Somebody else was at case ${found.displayId}.`);
  return theirs;
}

async function initialSubscription(
  found: SupportCase,
  account: string,
  since: number,
  supportClient: SupportClient,
  now: number,
) {
  const before = await supportClient.listCommunications(found.caseId, since - OVERLAP_MS);
  const delivered = before.map(toCaseReply).flatMap(({ id, sentAt }) => (sentAt < since ? [{ id, time: sentAt }] : []));
  const { caseId, displayId, status } = found;
  return { account, caseId, displayId, ...withStatus(status, now), watermark: since, delivered };
}

/** Goes on with a case that somebody was bringing in and did not say, or did not write down that it was said. Throws Later while somebody is at it. */
export async function resumeFollow(known: Mine, found: SupportCase, ctx: BotContext): Promise<Mine> {
  if ((known.leaseExpiresAt ?? 0) > ctx.now())
    throw new RetryLaterError(`Somebody is bringing in case ${known.displayId}.`);
  return postCaseCard(
    await saveSubscription({ ...known, leaseExpiresAt: ctx.now() + LEASE_MS }, ctx),
    found,
    ctx,
    true,
  );
}

/** @param isRetry whether an earlier try may have been heard */
async function postCaseCard(mine: Mine, found: SupportCase, ctx: BotContext, isRetry: boolean): Promise<Mine> {
  try {
    const { card, ...conversation } = await sayCard(mine, found, ctx, isRetry);
    if (conversation.thread) await ctx.store.linkConversation(mine, conversation);
    return await saveSubscription(
      { ...mine, conversation, card, pendingIntro: undefined, leaseExpiresAt: undefined },
      ctx,
    );
  } catch (error) {
    return releaseSubscription(mine, error, ctx);
  }
}

async function sayCard(mine: Mine, found: SupportCase, ctx: BotContext, isRetry: boolean): Promise<CreatedThread> {
  const { app, bot, locale, region } = ctx;
  const threaded = bot.platform === 'slack' && app.createThread;
  const card = { ...caseCard(found, mine.account, ctx), ...(threaded && { text: locale.t(CASE_CONVERSATION_HINT) }) };
  const link = { label: locale.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(found.displayId, region) };
  const idempotencyKey = `follow/${bot.name}/${found.caseId}`;
  if (threaded) return threaded({ name: found.subject, members: [], link, card }, mine.conversation, idempotencyKey);
  await app.send(card, mine.conversation, idempotencyKey, isRetry);
  return mine.conversation;
}

/**
 * A case that nobody follows is new to whoever wants the new ones of its account; not if it is older than that wish, nor if it is just
 * being filed from a chat: there it gets a place of its own in a moment.
 */
export async function followNewCase(
  found: SupportCase,
  account: string,
  supportClient: SupportClient,
  ctx: WorkerContext,
): Promise<Mine | undefined> {
  if (await isOurs(found, ctx)) return undefined;
  const opened = Date.parse(found.time);
  for (const { bot, conversation } of await ctx.subscribedBots(account)) {
    const botContext = await ctx.botContext(bot);
    const since = await ctx.store.watchStartedAt(account, bot);
    if (botContext && opened >= since)
      return followCase(found, account, { id: conversation, kind: 'group' }, opened, supportClient, botContext);
  }
  return undefined;
}

const REFERENCE = /\[(CB-\w+)\]/;

/** By the reference that we have written into its text. */
async function isOurs({ latest }: SupportCase, { store }: WorkerContext): Promise<boolean> {
  const references = latest.flatMap(({ body }) => REFERENCE.exec(body)?.[1] ?? []);
  const records = await Promise.all(references.map((reference) => store.getRecord(reference)));
  return records.some((record) => record !== undefined);
}
