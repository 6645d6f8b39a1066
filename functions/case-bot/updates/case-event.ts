import type { CaseSubscription } from '../domain/case-subscription';
import type { WorkerContext } from '../domain/context';
import { isPermanentRejection, RetryLaterError } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { deliverUpdates } from './deliver-reply';
import { followNewCase, resumeFollow } from './follow-case';
import type { Subscription } from './subscription-lease';

/** The fields that we use of EventBridge's `Support Case Update` (AWS Support User Guide, "Monitoring with EventBridge"). */
export interface SupportCaseEvent {
  account: string;
  /** ISO 8601. */
  time: string;
  detail: { 'case-id': string; 'display-id': string; 'event-name': string; origin?: string };
}

/** How much the clocks of the event and of the communication may differ. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Loads the case that the event names, and delivers what is new. Throws RetryLaterError where AWS does not show it yet. */
export async function handleCaseEvent({ account, time, detail }: SupportCaseEvent, ctx: WorkerContext): Promise<void> {
  const facts = { case: detail['display-id'], event: detail['event-name'] };
  const supportClient = ctx.supportClients.get(account);
  if (!supportClient) return ctx.log.info('case_event.unknown_account', { ...facts, account });
  const known = await ctx.store.getSubscription(account, detail['display-id']);
  const isWanted = known || (await ctx.subscribedBots(account)).length > 0;
  if (!isWanted) return ctx.log.info('case_event.not_subscribed', facts);
  const supportCase = await supportClient.findCase({ caseId: known?.caseId ?? detail['case-id'] });
  if (!supportCase) throw new RetryLaterError('The case is not visible yet.');
  const found = { account, supportClient, supportCase };
  const subscription = known ?? (await followNewCase(found, ctx));
  if (!subscription) return ctx.log.info('case_event.not_subscribed', facts);
  const delivered = await deliverToBot(subscription, found, ctx);
  ctx.log.info('case_update.delivered', { ...facts, delivered });
  if (delivered === 0 && mustShowReply(detail) && !hasDeliveredSince(subscription, Date.parse(time)))
    throw new RetryLaterError('The reply that AWS has announced is not visible yet.');
}

/** A text of the customer may have been written in the conversation, so that nothing is delivered for it. */
const mustShowReply = ({ 'event-name': name, origin }: SupportCaseEvent['detail']): boolean =>
  name === 'AddCommunicationToCase' && origin !== 'CUSTOMER';

const hasDeliveredSince = ({ delivered }: CaseSubscription, announcedAt: number): boolean =>
  delivered.some(({ isOwn, time }) => !isOwn && time >= announcedAt - CLOCK_TOLERANCE_MS);

/** Delivers the updates of a case with the subscribed bot. Returns how many were delivered. */
export async function deliverToBot(
  subscription: Subscription,
  found: FoundCase,
  worker: WorkerContext,
): Promise<number> {
  const { store, log, metrics, now } = worker;
  const ctx = await worker.botContext(subscription.bot);
  const isServed = ctx?.accounts.all.some(({ id }) => id === subscription.account);
  if (!ctx || !isServed) {
    log.error('case_event.unknown_bot', { case: subscription.displayId, bot: subscription.bot });
    await store.saveSubscription({ ...subscription, unreachableSince: now() });
    return 0;
  }
  const introduced = subscription.pendingIntro ? await resumeFollow(subscription, found, ctx) : subscription;
  const delivered = await deliverUpdates(introduced, found, ctx);
  if (delivered > 0) metrics.count('CaseUpdatesDelivered', delivered);
  return delivered;
}

/**
 * Seconds after each attempt. AWS shows a communication some seconds after its event; another worker is done within a minute, or its lease
 * expires after `LEASE_MS`. After the last attempt the poll delivers the update.
 */
const RETRY_DELAYS_SECONDS = [2, 5, 15, 45, 120, 120];

/** Handles a queued event. Returns false where the queue must deliver it again. */
export async function handleCaseEventWithRetry(
  body: string,
  attempt: number,
  ctx: WorkerContext,
  postpone: (seconds: number) => Promise<void>,
): Promise<boolean> {
  try {
    await handleCaseEvent(JSON.parse(body) as SupportCaseEvent, ctx);
    return true;
  } catch (error) {
    const seconds = isPermanentRejection(error) ? undefined : RETRY_DELAYS_SECONDS[attempt - 1];
    const facts = { attempt, reason: String(error) };
    if (seconds === undefined) {
      ctx.log[error instanceof RetryLaterError ? 'warn' : 'error']('case_event.retries_exhausted', facts);
      return true;
    }
    ctx.log.info('case_event.retry_scheduled', { ...facts, seconds });
    await postpone(seconds);
    return false;
  }
}
