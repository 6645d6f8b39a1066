import type { Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import type { WorkerContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { deliverUpdates, isPermanentRejection } from './deliver-reply';
import { followNewCase, resumeFollow } from './follow-case';
/** `Support Case Update` of EventBridge, as far as it is needed (AWS Support User Guide, "Monitoring with EventBridge"). */
export interface SupportCaseEvent {
  account: string;
  /** ISO 8601. */
  time: string;
  detail: { 'case-id': string; 'display-id': string; 'event-name': string; origin?: string };
}

/** In ms: the event's clock and the communication's differ by as much. */
const SLACK = 60_000;

/** AWS says that something has happened to a case: what it is has to be fetched. Throws Later when it is not to be seen yet. */
export async function handleCaseEvent({ account, time, detail }: SupportCaseEvent, ctx: WorkerContext): Promise<void> {
  const facts = { case: detail['display-id'], event: detail['event-name'] };
  const supportClient = ctx.supportClients.get(account);
  if (!supportClient) return ctx.log.info('case_event.unknown_account', { ...facts, account });
  const known = await ctx.store.getSubscription(account, detail['display-id']);
  const isWanted = known || (await ctx.subscribedBots(account)).length > 0;
  if (!isWanted) return ctx.log.info('case_event.not_subscribed', facts);
  const found = await supportClient.findCase({ caseId: known?.caseId ?? detail['case-id'] });
  if (!found) throw new RetryLaterError('The case is not to be seen yet.');
  const subscription = known ?? (await followNewCase(found, account, supportClient, ctx));
  if (!subscription) return ctx.log.info('case_event.not_subscribed', facts);
  const told = await deliverToBot(subscription, found, supportClient, ctx);
  ctx.log.info('case_update.delivered', { ...facts, told });
  const isSeen = told > 0 || subscription.delivered.some((one) => !one.isOwn && one.time >= Date.parse(time) - SLACK);
  if (!isSeen && isAwaited(detail)) throw new RetryLaterError('What AWS has announced is not to be seen yet.');
}

export async function deliverToBot(
  subscription: Versioned<CaseSubscription>,
  found: SupportCase,
  supportClient: SupportClient,
  { botContext, store, log, metrics, now }: WorkerContext,
): Promise<number> {
  const ctx = await botContext(subscription.bot);
  // Its profile may have lost the account since.
  if (ctx?.accounts.all.some(({ id }) => id === subscription.account)) {
    const here = subscription.pendingIntro ? await resumeFollow(subscription, found, ctx) : subscription;
    const told = await deliverUpdates(here, found, supportClient, ctx);
    if (told > 0) metrics.count('CaseUpdatesDelivered', told);
    return told;
  }
  log.error('case_event.unknown_bot', { case: found.displayId, bot: subscription.bot });
  await store.saveSubscription({ ...subscription, unreachableSince: now() });
  return 0;
}

/** What the customer wrote may have been typed here, and then there is nothing to tell. */
const isAwaited = ({ 'event-name': name, origin }: SupportCaseEvent['detail']): boolean =>
  name === 'AddCommunicationToCase' && origin !== 'CUSTOMER';

/**
 * In seconds, after each try: AWS shows a communication some seconds after it has announced it, and whoever is at the same case is done
 * within a minute, or died at it and is followed after `LEASE`. After the last, the poll finds it.
 */
const PAUSES = [2, 5, 15, 45, 120, 120];

/** Hears an update out of the queue; what is not to be seen yet is put off, longer each time. False: it comes again. */
export async function handleCaseEventWithRetry(
  body: string,
  tries: number,
  ctx: WorkerContext,
  postpone: (seconds: number) => Promise<void>,
): Promise<boolean> {
  try {
    await handleCaseEvent(JSON.parse(body) as SupportCaseEvent, ctx);
    return true;
  } catch (error) {
    const pause = isPermanentRejection(error) ? undefined : PAUSES[tries - 1];
    const facts = { tries, reason: String(error) };
    if (pause === undefined) {
      ctx.log[error instanceof RetryLaterError ? 'warn' : 'error']('case_event.retries_exhausted', facts);
      return true;
    }
    ctx.log.info('case_event.retry_scheduled', { ...facts, seconds: pause });
    await postpone(pause);
    return false;
  }
}
