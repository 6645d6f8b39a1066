import type { Versioned } from '../case-store';
import type { Following } from '../following';
import { Later } from '../misunderstanding';
import type { SupportCase, SupportDesk } from '../support-desk';
import { adoptNew, arrive } from './adopt';
import { announce } from './announce';
import type { Bureau } from './bureau';

/** `Support Case Update` of EventBridge, as far as it is needed (AWS Support User Guide, "Monitoring with EventBridge"). */
export interface SupportEvent {
  account: string;
  /** ISO 8601. */
  time: string;
  detail: { 'case-id': string; 'display-id': string; 'event-name': string; origin?: string };
}

/** In ms: the event's clock and the communication's differ by as much. */
const SLACK = 60_000;

/** AWS says that something has happened to a case: what it is has to be fetched. Throws Later when it is not to be seen yet. */
export async function hear({ account, time, detail }: SupportEvent, bureau: Bureau): Promise<void> {
  const facts = { case: detail['display-id'], event: detail['event-name'] };
  const desk = bureau.desks.get(account);
  if (!desk) return bureau.log.info('update.of-nobody', { ...facts, account });
  const known = await bureau.store.following(account, detail['display-id']);
  const isWanted = known || (await bureau.watchers(account)).length > 0;
  if (!isWanted) return bureau.log.info('update.not-followed', facts);
  const found = await desk.find({ caseId: known?.caseId ?? detail['case-id'] });
  if (!found) throw new Later('The case is not to be seen yet.');
  const following = known ?? (await adoptNew(found, account, desk, bureau));
  if (!following) return bureau.log.info('update.not-followed', facts);
  const told = await tell(following, found, desk, bureau);
  bureau.log.info('update.told', { ...facts, told });
  const isSeen = told > 0 || following.told.some((one) => !one.own && one.time >= Date.parse(time) - SLACK);
  if (!isSeen && isAwaited(detail)) throw new Later('What AWS has announced is not to be seen yet.');
}

export async function tell(
  following: Versioned<Following>,
  found: SupportCase,
  desk: SupportDesk,
  { officeOf, store, log, metrics, now }: Bureau,
): Promise<number> {
  const office = await officeOf(following.bot);
  // Its profile may have lost the account since.
  if (office?.accounts.all.some(({ id }) => id === following.account)) {
    const here = following.arriving ? await arrive(following, found, office) : following;
    const told = await announce(here, found, desk, office);
    if (told > 0) metrics.count('CaseUpdatesDelivered', told);
    return told;
  }
  log.error('update.without-bot', { case: found.displayId, bot: following.bot });
  await store.keep({ ...following, refused: now() });
  return 0;
}

/** What the customer wrote may have been typed here, and then there is nothing to tell. */
const isAwaited = ({ 'event-name': name, origin }: SupportEvent['detail']): boolean =>
  name === 'AddCommunicationToCase' && origin !== 'CUSTOMER';
