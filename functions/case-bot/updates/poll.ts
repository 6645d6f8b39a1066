import type { Versioned } from '../domain/case-store';
import { type CaseSubscription, RESOLVED_POLL_MS, UNREACHABLE_RETRY_MS } from '../domain/case-subscription';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { followNewCase } from './follow-case';
import type { WorkerContext } from '../domain/bureau';
import { deliverToBot } from './case-event';
import { hasUnseenReplies } from './case-replies';

/**
 * The way back that needs no events: asks each account once for its open cases and for those that were resolved lately, a call for each
 * hundred, and tells what is new by the same flow. An account, or a case, that fails does not keep the others waiting; but that an account
 * has failed is thrown in the end, so that it counts as an error of the function. (DescribeCases with `afterTime` would not do: it is taken
 * to be about when a case was opened, and would hide what is written in older ones.)
 */
export async function poll(bureau: WorkerContext): Promise<void> {
  const failed: string[] = [];
  const rounds = [...bureau.supportClients].map(([account, desk]) =>
    pollAccount(account, desk, bureau).catch((error) => {
      failed.push(account);
      bureau.log.error('poll.failed', { account, reason: String(error) });
    }),
  );
  await Promise.all(rounds);
  if (failed.length > 0) throw new Error(`The cases of ${failed.join(', ')} could not be asked for.`);
}

async function pollAccount(account: string, desk: SupportClient, bureau: WorkerContext): Promise<void> {
  const all = await bureau.store.listSubscriptions(account);
  const watchers = await bureau.subscribedBots(account);
  // Asked in every round: else the wish would only be as old as the first case that is seen, and that one would not be new.
  for (const { bot } of watchers) await bureau.store.watchStartedAt(account, bot);
  const watched = watchers.length > 0;
  if (all.length === 0 && !watched) return;
  const found = new Map((await desk.listOpenCases()).map((one) => [one.caseId, one]));
  const isLacking = ({ caseId }: CaseSubscription) => !found.has(caseId);
  const looked = all.filter((one) => isOfInterest(one, bureau.now()));
  const others = looked.filter(isLacking).map(({ caseId }) => caseId);
  for (const one of others.length > 0 ? await desk.findCases(others) : []) found.set(one.caseId, one);
  await tellAll(all, found, desk, bureau);
  for (const following of looked.filter(isLacking)) await letGo(following, bureau);
  if (watched) await adoptAll(account, all, [...found.values()], desk, bureau);
}

/** Open as far as we know, or resolved lately: AWS may write in it once more. */
const isOfInterest = ({ status, resolvedAt }: CaseSubscription, now: number): boolean =>
  status !== 'resolved' || (resolvedAt !== undefined && now < resolvedAt + RESOLVED_POLL_MS);

/** A bot whose platform is slow or down keeps only its own cases waiting. */
async function tellAll(
  all: readonly Versioned<CaseSubscription>[],
  found: ReadonlyMap<string, SupportCase>,
  desk: SupportClient,
  bureau: WorkerContext,
): Promise<void> {
  const bots = [...new Set(all.map(({ bot }) => bot))];
  const rounds = bots.map(async (bot) => {
    for (const one of all.filter((each) => each.bot === bot)) await tellOne(one, found.get(one.caseId), desk, bureau);
  });
  await Promise.all(rounds);
}

async function tellOne(
  following: Versioned<CaseSubscription>,
  found: SupportCase | undefined,
  desk: SupportClient,
  bureau: WorkerContext,
): Promise<void> {
  if (!found || !(hasUnseenReplies(following, found) || following.inFlight || following.pendingIntro)) return;
  if (following.unreachableSince !== undefined && bureau.now() < following.unreachableSince + UNREACHABLE_RETRY_MS) return;
  try {
    await deliverToBot(following, found, desk, bureau);
  } catch (error) {
    complain('poll.not-told', following, error, bureau);
  }
}

function complain(what: string, { displayId }: { displayId: string }, error: unknown, { log }: WorkerContext): void {
  log[error instanceof RetryLaterError ? 'info' : 'error'](what, { case: displayId, reason: String(error) });
}

/** In ms: a case that is new is not to be seen at once. */
const LOST_AFTER = 86_400_000;

/** AWS does not have it any more (it keeps cases for 24 months): it is asked for no longer. */
async function letGo(following: Versioned<CaseSubscription>, { store, log, now }: WorkerContext): Promise<void> {
  if (now() - following.watermark < LOST_AFTER) return;
  log.warn('poll.case-is-gone', { case: following.displayId });
  await store.saveSubscription({ ...following, status: 'resolved', resolvedAt: undefined });
}

async function adoptAll(
  account: string,
  known: readonly CaseSubscription[],
  found: readonly SupportCase[],
  desk: SupportClient,
  bureau: WorkerContext,
): Promise<void> {
  const had = new Set(known.map(({ caseId }) => caseId));
  for (const one of found.filter(({ caseId }) => !had.has(caseId))) {
    const following = await followNewCase(one, account, desk, bureau).catch((error) =>
      complain('poll.not-followed', one, error, bureau),
    );
    if (following) await tellOne(following, one, desk, bureau);
  }
}
