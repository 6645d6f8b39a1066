import type { Versioned } from '../case-store';
import type { Following } from '../following';
import { Later } from '../misunderstanding';
import type { SupportCase, SupportDesk } from '../support-desk';
import { adoptNew } from './adopt';
import type { Bureau } from './bureau';
import { tell } from './hear';
import { mayHaveNews } from './letters';

/**
 * The way back that needs no events: asks each account once for its open cases, a call for each hundred, and tells what is new by the
 * same flow. An account, or a case, that fails does not keep the others waiting.
 */
export async function poll(bureau: Bureau): Promise<void> {
  const rounds = [...bureau.desks].map(([account, desk]) =>
    pollAccount(account, desk, bureau).catch((error) =>
      bureau.log.error('poll.failed', { account, reason: String(error) }),
    ),
  );
  await Promise.all(rounds);
}

async function pollAccount(account: string, desk: SupportDesk, bureau: Bureau): Promise<void> {
  const all = await bureau.store.followings(account);
  const watchers = await bureau.watchers(account);
  // Asked in every round: else the wish would only be as old as the first case that is seen, and that one would not be new.
  for (const { bot } of watchers) await bureau.store.watchedSince(account, bot);
  const watched = watchers.length > 0;
  const open = all.filter(({ status }) => status !== 'resolved');
  if (open.length === 0 && !watched && all.length === 0) return;
  const found = new Map((await desk.listOpen()).map((one) => [one.caseId, one]));
  const gone = open.filter(({ caseId }) => !found.has(caseId)).map(({ caseId }) => caseId);
  if (gone.length > 0) for (const one of await desk.findAll(gone)) found.set(one.caseId, one);
  for (const following of all) await tellOne(following, found.get(following.caseId), desk, bureau);
  if (watched) await adoptAll(account, all, [...found.values()], desk, bureau);
}

async function tellOne(
  following: Versioned<Following>,
  found: SupportCase | undefined,
  desk: SupportDesk,
  bureau: Bureau,
): Promise<void> {
  if (!found || !(mayHaveNews(following, found) || following.sending)) return;
  try {
    await tell(following, found, desk, bureau);
  } catch (error) {
    const level = error instanceof Later ? 'info' : 'error';
    bureau.log[level]('poll.not-told', { case: following.displayId, reason: String(error) });
  }
}

async function adoptAll(
  account: string,
  known: readonly Following[],
  found: readonly SupportCase[],
  desk: SupportDesk,
  bureau: Bureau,
): Promise<void> {
  const had = new Set(known.map(({ caseId }) => caseId));
  for (const one of found.filter(({ caseId }) => !had.has(caseId))) {
    const following = await adoptNew(one, account, desk, bureau).catch((error) =>
      bureau.log.error('poll.not-followed', { case: one.displayId, reason: String(error) }),
    );
    if (following) await tellOne(following, one, desk, bureau);
  }
}
