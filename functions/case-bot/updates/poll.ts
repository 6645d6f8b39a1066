import type { Versioned } from '../domain/case-store';
import { type CaseSubscription, RESOLVED_POLL_MS, UNREACHABLE_RETRY_MS } from '../domain/case-subscription';
import type { WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { deliverToBot } from './case-event';
import { hasUnseenReplies } from './case-replies';
import { followNewCase } from './follow-case';

/**
 * The way back that needs no events: asks each account once for its open cases and for those that were resolved lately, a call for each
 * hundred, and tells what is new by the same flow. An account, or a case, that fails does not keep the others waiting; but that an account
 * has failed is thrown in the end, so that it counts as an error of the function. (DescribeCases with `afterTime` would not do: it is taken
 * to be about when a case was opened, and would hide what is written in older ones.)
 */
export async function poll(ctx: WorkerContext): Promise<void> {
  const failed: string[] = [];
  const rounds = [...ctx.supportClients].map(([account, supportClient]) =>
    pollAccount(account, supportClient, ctx).catch((error) => {
      failed.push(account);
      ctx.log.error('poll.failed', { account, reason: String(error) });
    }),
  );
  await Promise.all(rounds);
  if (failed.length > 0) throw new Error(`The cases of ${failed.join(', ')} could not be asked for.`);
}

async function pollAccount(account: string, supportClient: SupportClient, ctx: WorkerContext): Promise<void> {
  const all = await ctx.store.listSubscriptions(account);
  const watchers = await ctx.subscribedBots(account);
  // Asked in every round: else the wish would only be as old as the first case that is seen, and that one would not be new.
  for (const { bot } of watchers) await ctx.store.watchStartedAt(account, bot);
  const watched = watchers.length > 0;
  if (all.length === 0 && !watched) return;
  const found = new Map((await supportClient.listOpenCases()).map((one) => [one.caseId, one]));
  const isLacking = ({ caseId }: CaseSubscription) => !found.has(caseId);
  const looked = all.filter((one) => isOfInterest(one, ctx.now()));
  const others = looked.filter(isLacking).map(({ caseId }) => caseId);
  for (const one of others.length > 0 ? await supportClient.findCases(others) : []) found.set(one.caseId, one);
  await tellAll(all, found, supportClient, ctx);
  for (const subscription of looked.filter(isLacking)) await letGo(subscription, ctx);
  if (watched) await adoptAll(account, all, [...found.values()], supportClient, ctx);
}

/** Open as far as we know, or resolved lately: AWS may write in it once more. */
const isOfInterest = ({ status, resolvedAt }: CaseSubscription, now: number): boolean =>
  status !== 'resolved' || (resolvedAt !== undefined && now < resolvedAt + RESOLVED_POLL_MS);

/** A bot whose platform is slow or down keeps only its own cases waiting. */
async function tellAll(
  all: readonly Versioned<CaseSubscription>[],
  found: ReadonlyMap<string, SupportCase>,
  supportClient: SupportClient,
  ctx: WorkerContext,
): Promise<void> {
  const bots = [...new Set(all.map(({ bot }) => bot))];
  const rounds = bots.map(async (bot) => {
    for (const one of all.filter((each) => each.bot === bot))
      await tellOne(one, found.get(one.caseId), supportClient, ctx);
  });
  await Promise.all(rounds);
}

async function tellOne(
  subscription: Versioned<CaseSubscription>,
  found: SupportCase | undefined,
  supportClient: SupportClient,
  ctx: WorkerContext,
): Promise<void> {
  if (!found || !(hasUnseenReplies(subscription, found) || subscription.inFlight || subscription.pendingIntro)) return;
  if (subscription.unreachableSince !== undefined && ctx.now() < subscription.unreachableSince + UNREACHABLE_RETRY_MS)
    return;
  try {
    await deliverToBot(subscription, found, supportClient, ctx);
  } catch (error) {
    complain('case_update.delivery_failed', subscription, error, ctx);
  }
}

function complain(what: string, { displayId }: { displayId: string }, error: unknown, { log }: WorkerContext): void {
  log[error instanceof RetryLaterError ? 'info' : 'error'](what, { case: displayId, reason: String(error) });
}

/** In ms: a case that is new is not to be seen at once. */
const LOST_AFTER = 86_400_000;

/** AWS does not have it any more (it keeps cases for 24 months): it is asked for no longer. */
async function letGo(subscription: Versioned<CaseSubscription>, { store, log, now }: WorkerContext): Promise<void> {
  if (now() - subscription.watermark < LOST_AFTER) return;
  log.warn('case.not_found', { case: subscription.displayId });
  await store.saveSubscription({ ...subscription, status: 'resolved', resolvedAt: undefined });
}

async function adoptAll(
  account: string,
  known: readonly CaseSubscription[],
  found: readonly SupportCase[],
  supportClient: SupportClient,
  ctx: WorkerContext,
): Promise<void> {
  const had = new Set(known.map(({ caseId }) => caseId));
  for (const one of found.filter(({ caseId }) => !had.has(caseId))) {
    const following = await followNewCase(one, account, supportClient, ctx).catch((error) =>
      complain('case.follow_failed', one, error, ctx),
    );
    if (following) await tellOne(following, one, supportClient, ctx);
  }
}
