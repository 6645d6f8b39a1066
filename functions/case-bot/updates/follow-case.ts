import type { Conversation, CreatedThread } from '@casebell/im/bots';
import { caseCard, WRITE_HERE } from '../domain/case-card';
import { LEASE, type Versioned } from '../domain/case-store';
import { caseUrl } from '../domain/case-url';
import { type Following, OVERLAP, standing } from '../domain/case-subscription';
import { Later } from '../domain/errors';
import type { Desk } from '../domain/context';
import type { SupportCase, SupportDesk } from '../domain/support-client';
import { keep, release } from './deliver-reply';
import type { Bureau } from '../domain/bureau';
import { letterOf } from './case-replies';

type Mine = Versioned<Following>;

/**
 * Brings a case that was opened elsewhere into a conversation: in a thread of its own where the platform has them. What was said
 * before is told only from `since` on (ms since 1970). One that lives elsewhere moves only when its place will not have it any more.
 * That it comes is written down before its card is said: of two who bring it one does, and who dies at it is followed by the poll.
 */
export async function adopt(
  found: SupportCase,
  account: string,
  to: Conversation,
  since: number,
  desk: SupportDesk,
  office: Desk,
): Promise<Mine> {
  const { store, bot, now } = office;
  const known = await store.following(account, found.displayId);
  if (known && known.refused === undefined)
    return known.arriving && known.bot === bot.name ? arrive(known, found, office) : known;
  const begun = known ?? { ...(await beginning(found, account, since, desk, now())), version: 0 };
  const here = { bot: bot.name, place: to, card: undefined, sending: undefined, refused: undefined };
  const mine = await store.keep({ ...begun, ...here, arriving: true, until: now() + LEASE });
  if (mine) return bring(mine, found, office, false);
  const theirs = await store.following(account, found.displayId);
  if (!theirs) throw new Later(`Somebody else was at case ${found.displayId}.`);
  return theirs;
}

async function beginning(found: SupportCase, account: string, since: number, desk: SupportDesk, now: number) {
  const before = await desk.communications(found.caseId, since - OVERLAP);
  const told = before.map(letterOf).flatMap(({ id, at }) => (at < since ? [{ id, time: at }] : []));
  const { caseId, displayId, status } = found;
  return { account, caseId, displayId, ...standing(status, now), watermark: since, told };
}

/** Goes on with a case that somebody was bringing in and did not say, or did not write down that it was said. Throws Later while somebody is at it. */
export async function arrive(known: Mine, found: SupportCase, office: Desk): Promise<Mine> {
  if ((known.until ?? 0) > office.now()) throw new Later(`Somebody is bringing in case ${known.displayId}.`);
  return bring(await keep({ ...known, until: office.now() + LEASE }, office), found, office, true);
}

/** @param isRetry whether an earlier try may have been heard */
async function bring(mine: Mine, found: SupportCase, office: Desk, isRetry: boolean): Promise<Mine> {
  try {
    const { card, ...place } = await sayCard(mine, found, office, isRetry);
    if (place.thread) await office.store.link(mine, place);
    return await keep({ ...mine, place, card, arriving: undefined, until: undefined }, office);
  } catch (error) {
    return release(mine, error, office);
  }
}

async function sayCard(mine: Mine, found: SupportCase, office: Desk, isRetry: boolean): Promise<CreatedThread> {
  const { app, bot, say, region } = office;
  const threaded = bot.platform === 'slack' && app.createThread;
  const card = { ...caseCard(found, mine.account, office), ...(threaded && { text: say.t(WRITE_HERE) }) };
  const link = { label: say.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(found.displayId, region) };
  const idempotencyKey = `follow/${bot.name}/${found.caseId}`;
  if (threaded) return threaded({ name: found.subject, members: [], link, card }, mine.place, idempotencyKey);
  await app.send(card, mine.place, idempotencyKey, isRetry);
  return mine.place;
}

/**
 * A case that nobody follows is new to whoever wants the new ones of its account; not if it is older than that wish, nor if it is just
 * being filed from a chat: there it gets a place of its own in a moment.
 */
export async function adoptNew(
  found: SupportCase,
  account: string,
  desk: SupportDesk,
  bureau: Bureau,
): Promise<Mine | undefined> {
  if (await isOurs(found, bureau)) return undefined;
  const opened = Date.parse(found.time);
  for (const { bot, conversation } of await bureau.watchers(account)) {
    const office = await bureau.officeOf(bot);
    const since = await bureau.store.watchedSince(account, bot);
    if (office && opened >= since)
      return adopt(found, account, { id: conversation, kind: 'group' }, opened, desk, office);
  }
  return undefined;
}

const REFERENCE = /\[(CB-\w+)\]/;

/** By the reference that we have written into its text. */
async function isOurs({ latest }: SupportCase, { store }: Bureau): Promise<boolean> {
  const references = latest.flatMap(({ body }) => REFERENCE.exec(body)?.[1] ?? []);
  const records = await Promise.all(references.map((reference) => store.caseBy(reference)));
  return records.some((record) => record !== undefined);
}
