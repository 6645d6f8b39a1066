import type { Conversation } from '@casebell/im';
import { caseCard, WRITE_HERE } from '../case-card';
import type { Versioned } from '../case-store';
import { caseUrl } from '../case-url';
import { type Following, OVERLAP } from '../following';
import type { Desk } from '../office';
import type { SupportCase, SupportDesk } from '../support-desk';
import type { Bureau } from './bureau';
import { letterOf } from './letters';

/**
 * Brings a case that was opened elsewhere into a conversation: in a thread of its own where the platform has them. What was said
 * before is told only from `since` on (ms since 1970). One that lives elsewhere moves only when its place will not have it any more.
 */
export async function adopt(
  found: SupportCase,
  account: string,
  to: Conversation,
  since: number,
  desk: SupportDesk,
  office: Desk,
): Promise<Versioned<Following>> {
  const { app, store, bot, say, region } = office;
  const known = await store.following(account, found.displayId);
  if (known && known.refused === undefined) return known;
  const threaded = bot.platform === 'slack' && app.openPlace;
  const card = { ...caseCard(found, account, office), ...(threaded && { text: say.t(WRITE_HERE) }) };
  const link = { label: say.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(found.displayId, region) };
  const once = `follow/${bot.name}/${found.caseId}`;
  const opened = threaded
    ? await threaded({ name: found.subject, members: [], link, card }, to, once)
    : await app.send(card, to, once).then(() => to);
  const before = await desk.communications(found.caseId, since - OVERLAP);
  const told = before.map(letterOf).flatMap(({ id, at }) => (at < since ? [{ id, time: at }] : []));
  const { card: shown, ...place } = opened as Conversation & { card?: string };
  if (threaded) await store.link({ ...found, account, bot: bot.name }, place);
  const here = { bot: bot.name, place, card: shown, sending: undefined, refused: undefined };
  const moved = known && (await store.keep({ ...known, ...here }));
  if (moved) return moved;
  return store.follow({
    account,
    caseId: found.caseId,
    displayId: found.displayId,
    bot: bot.name,
    place,
    ...(shown && { card: shown }),
    status: found.status,
    watermark: since,
    told,
  });
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
): Promise<Versioned<Following> | undefined> {
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
