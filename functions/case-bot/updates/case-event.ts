import type { Versioned } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';
import { RetryLaterError } from '../domain/errors';
import type { SupportCase, SupportClient } from '../domain/support-client';
import { followNewCase, resumeFollow } from './follow-case';
import { deliverUpdates } from './deliver-reply';
import type { WorkerContext } from '../domain/bureau';

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
export async function handleCaseEvent({ account, time, detail }: SupportCaseEvent, bureau: WorkerContext): Promise<void> {
  const facts = { case: detail['display-id'], event: detail['event-name'] };
  const desk = bureau.supportClients.get(account);
  if (!desk) return bureau.log.info('update.of-nobody', { ...facts, account });
  const known = await bureau.store.getSubscription(account, detail['display-id']);
  const isWanted = known || (await bureau.subscribedBots(account)).length > 0;
  if (!isWanted) return bureau.log.info('update.not-followed', facts);
  const found = await desk.findCase({ caseId: known?.caseId ?? detail['case-id'] });
  if (!found) throw new RetryLaterError('The case is not to be seen yet.');
  const following = known ?? (await followNewCase(found, account, desk, bureau));
  if (!following) return bureau.log.info('update.not-followed', facts);
  const told = await deliverToBot(following, found, desk, bureau);
  bureau.log.info('update.told', { ...facts, told });
  const isSeen = told > 0 || following.delivered.some((one) => !one.isOwn && one.time >= Date.parse(time) - SLACK);
  if (!isSeen && isAwaited(detail)) throw new RetryLaterError('What AWS has announced is not to be seen yet.');
}

export async function deliverToBot(
  following: Versioned<CaseSubscription>,
  found: SupportCase,
  desk: SupportClient,
  { botContext, store, log, metrics, now }: WorkerContext,
): Promise<number> {
  const office = await botContext(following.bot);
  // Its profile may have lost the account since.
  if (office?.accounts.all.some(({ id }) => id === following.account)) {
    const here = following.pendingIntro ? await resumeFollow(following, found, office) : following;
    const told = await deliverUpdates(here, found, desk, office);
    if (told > 0) metrics.count('UpdatesTold', told);
    return told;
  }
  log.error('update.without-bot', { case: found.displayId, bot: following.bot });
  await store.saveSubscription({ ...following, unreachableSince: now() });
  return 0;
}

/** What the customer wrote may have been typed here, and then there is nothing to tell. */
const isAwaited = ({ 'event-name': name, origin }: SupportCaseEvent['detail']): boolean =>
  name === 'AddCommunicationToCase' && origin !== 'CUSTOMER';
