import { type CaseSubscription, RESOLVED_POLL_MS, UNREACHABLE_RETRY_MS } from '../domain/case-subscription';
import type { WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { deliverToBot } from './case-event';
import { hasUnseenReplies } from './case-replies';
import { followNewCase } from './follow-case';
import type { Subscription } from './subscription-lease';

/** How long a new case may be missing in DescribeCases. */
const MISSING_MS = 86_400_000;

/**
 * Delivers updates without events: lists the open and the recently resolved cases of each account, with one call per hundred, and delivers
 * what is new. A failing account or case does not block the others; after all of them, a failing account throws, so that the invocation
 * counts as an error. (`afterTime` of DescribeCases cannot limit the list: it filters by the time of creation, so it would hide new replies
 * in older cases.)
 */
export async function poll(ctx: WorkerContext): Promise<void> {
  const failed: string[] = [];
  const polls = [...ctx.supportClients].map(([account, supportClient]) =>
    pollAccount(account, supportClient, ctx).catch((error) => {
      failed.push(account);
      ctx.log.error('poll.failed', { account, reason: String(error) });
    }),
  );
  await Promise.all(polls);
  if (failed.length > 0) throw new Error(`The cases of these accounts could not be listed: ${failed.join(', ')}.`);
}

async function pollAccount(account: string, supportClient: SupportClient, ctx: WorkerContext): Promise<void> {
  const subscriptions = await ctx.store.listSubscriptions(account);
  const bots = await ctx.subscribedBots(account);
  // At each poll: if the watch started with the first new case, that case would be older than the watch.
  for (const { bot } of bots) await ctx.store.watchStartedAt(account, bot);
  if (subscriptions.length === 0 && bots.length === 0) return;
  const polled = subscriptions.filter((subscription) => isPolled(subscription, ctx.now()));
  const found = await loadCases(polled, supportClient);
  const caseOf = (supportCase: SupportCase): FoundCase => ({ account, supportClient, supportCase });
  await deliverByBot(subscriptions, ctx, (subscription) => {
    const supportCase = found.get(subscription.caseId);
    return supportCase && caseOf(supportCase);
  });
  for (const subscription of polled) if (!found.has(subscription.caseId)) await stopPolling(subscription, ctx);
  const known = new Set(subscriptions.map(({ caseId }) => caseId));
  const unknown = [...found.values()].filter(({ caseId }) => !known.has(caseId));
  if (bots.length > 0) for (const supportCase of unknown) await follow(caseOf(supportCase), ctx);
}

/** Open, or resolved so recently that AWS may still write. */
const isPolled = ({ status, resolvedAt }: CaseSubscription, now: number): boolean =>
  status !== 'resolved' || (resolvedAt !== undefined && now < resolvedAt + RESOLVED_POLL_MS);

/** All open cases, and the polled ones that are resolved. By case id. */
async function loadCases(
  polled: readonly CaseSubscription[],
  supportClient: SupportClient,
): Promise<ReadonlyMap<string, SupportCase>> {
  const found = new Map((await supportClient.listOpenCases()).map((supportCase) => [supportCase.caseId, supportCase]));
  const others = polled.map(({ caseId }) => caseId).filter((caseId) => !found.has(caseId));
  if (others.length === 0) return found;
  for (const supportCase of await supportClient.findCases(others)) found.set(supportCase.caseId, supportCase);
  return found;
}

/** One queue per bot: a slow platform delays only its own cases. */
async function deliverByBot(
  subscriptions: readonly Subscription[],
  ctx: WorkerContext,
  find: (subscription: Subscription) => FoundCase | undefined,
): Promise<void> {
  const bots = [...new Set(subscriptions.map(({ bot }) => bot))];
  const queues = bots.map(async (bot) => {
    for (const subscription of subscriptions.filter((one) => one.bot === bot)) {
      const found = find(subscription);
      if (found) await deliver(subscription, found, ctx);
    }
  });
  await Promise.all(queues);
}

async function deliver(subscription: Subscription, found: FoundCase, ctx: WorkerContext): Promise<void> {
  const { inFlight, pendingIntro, unreachableSince } = subscription;
  if (!hasUnseenReplies(subscription, found.supportCase) && !inFlight && !pendingIntro) return;
  if (unreachableSince !== undefined && ctx.now() < unreachableSince + UNREACHABLE_RETRY_MS) return;
  await deliverToBot(subscription, found, ctx).catch((error) =>
    logFailure('case_update.delivery_failed', found, error, ctx),
  );
}

async function follow(found: FoundCase, ctx: WorkerContext): Promise<void> {
  const subscription = await followNewCase(found, ctx).catch((error) =>
    logFailure('case.follow_failed', found, error, ctx),
  );
  if (subscription) await deliver(subscription, found, ctx);
}

function logFailure(event: string, { supportCase }: FoundCase, error: unknown, { log }: WorkerContext): void {
  log[error instanceof RetryLaterError ? 'info' : 'error'](event, {
    case: supportCase.displayId,
    reason: String(error),
  });
}

/** AWS deletes cases after 24 months. */
async function stopPolling(subscription: Subscription, { store, log, now }: WorkerContext): Promise<void> {
  if (now() - subscription.watermark < MISSING_MS) return;
  log.warn('case.not_found', { case: subscription.displayId });
  await store.saveSubscription({ ...subscription, status: 'resolved', resolvedAt: undefined });
}
