import { type Card, DeliveryError } from '@casebell/im/bots';
import { caseCard } from '../case-card';
import { LEASE, type Versioned } from '../case-store';
import { type Following, having, standing } from '../following';
import { Later } from '../misunderstanding';
import type { Desk } from '../office';
import type { SupportCase, SupportDesk } from '../support-desk';
import { summarizeReply } from '../updates/reply-summary';
import { handOver } from './hand-over';
import { closingCard, letterCard, noticeCard, statusCard } from './letter-card';
import { type Letter, letterOf, newsOf } from './letters';

type Mine = Versioned<Following>;

const NOTABLE = ['resolved', 'reopened', 'pending-customer-action'];

/**
 * THE FLOW back: what AWS has that was not told yet is told where the case lives, oldest first, each once; then its status. One
 * worker at a time; every step is written down when the chat has accepted it. Gives how much was told. Throws Later when somebody else is at it.
 */
export async function announce(known: Mine, found: SupportCase, desk: SupportDesk, office: Desk): Promise<number> {
  if ((known.until ?? 0) > office.now()) throw new Later(`Somebody is at case ${known.displayId}.`);
  const mine = await keep({ ...known, until: office.now() + LEASE }, office);
  return tellAll(mine, found, desk, office).catch((error) => release(mine, error, office));
}

async function tellAll(held: Mine, found: SupportCase, desk: SupportDesk, office: Desk): Promise<number> {
  let mine = held;
  const { news, own } = await newsOf(mine, found, desk, office);
  for (const letter of news) mine = await tell(letter, mine, desk, office);
  const hasTurned = mine.status !== found.status;
  if (hasTurned) mine = await tellStatus(found, mine, desk, office);
  if (news.length > 0 || hasTurned) mine = await showAnew(found, mine, office);
  // The next poll need not look at them again.
  const told = [...mine.told, ...own.map(({ id, at }) => ({ id, time: at, own: true as const }))];
  await keep({ ...mine, told, until: undefined, refused: undefined }, office);
  return news.length + Number(hasTurned && NOTABLE.includes(found.status));
}

/** Who fails leaves the case to the next at once; only who dies keeps it until the lease is over. */
export async function release(
  { account, displayId, until }: Mine,
  error: unknown,
  { store, now }: Desk,
): Promise<never> {
  const mine = await store.following(account, displayId);
  const refused = isRefusal(error) ? now() : mine?.refused;
  if (mine && mine.until === until) await store.keep({ ...mine, until: undefined, refused });
  throw error;
}

/** The place will not have it, however often it is tried. */
export const isRefusal = (error: unknown): boolean => error instanceof DeliveryError && !error.retryable;

async function tell(letter: Letter, mine: Mine, desk: SupportDesk, office: Desk): Promise<Mine> {
  const isRetry = mine.sending === letter.id;
  const begun = isRetry ? mine : await keep({ ...mine, sending: letter.id }, office);
  const idempotencyKey = `${mine.caseId}/${letter.id}`;
  await sayLetter(letter, mine, office, { idempotencyKey, isRetry });
  for (const [index, file] of letter.attachments.entries())
    await handOver(file, mine, desk, office, { idempotencyKey: `${idempotencyKey}/${index}`, isRetry });
  return keep({ ...having(begun, letter.id, letter.at), version: begun.version }, office);
}

/**
 * With its summary where there is one. A text that the chat takes offence at keeps nothing behind it waiting: it is said without what a model
 * has added, and then that there is one, and where it is to be read.
 */
async function sayLetter(
  letter: Letter,
  mine: Mine,
  office: Desk,
  { idempotencyKey, isRetry }: { idempotencyKey: string; isRetry: boolean },
): Promise<void> {
  const [summary, whole] = [await summarizeReply(letter, office), letterCard(letter, mine, office)];
  // A refused form has shown nothing, so with or without its summary the letter has one key: whoever comes again need not know which it was.
  const forms = [
    ...(summary ? [{ card: { ...whole, summary }, key: idempotencyKey }] : []),
    { card: whole, key: idempotencyKey },
    { card: noticeCard(letter, mine, office), key: `${idempotencyKey}/notice` },
  ];
  await sayFirst(forms, mine, office, isRetry);
}

/** The first of these that the chat takes. */
async function sayFirst(
  [form, ...plainer]: readonly { card: Card; key: string }[],
  mine: Mine,
  office: Desk,
  isRetry: boolean,
): Promise<void> {
  if (!form) return;
  try {
    await office.app.send(form.card, mine.place, form.key, isRetry);
  } catch (error) {
    if (!isRefusal(error) || plainer.length === 0) throw error;
    office.log.warn('letter.not-taken', { case: mine.displayId, reason: String(error) });
    await sayFirst(plainer, mine, office, isRetry);
  }
}

async function tellStatus(found: SupportCase, mine: Mine, desk: SupportDesk, office: Desk): Promise<Mine> {
  const id = `${found.status}@${mine.watermark}`;
  if (!NOTABLE.includes(found.status)) return keep({ ...mine, ...standing(found.status, office.now()) }, office);
  const isRetry = mine.sending === id;
  const begun = isRetry ? mine : await keep({ ...mine, sending: id }, office);
  const card = found.status === 'resolved' ? await closing(found, desk, office) : statusCard(found, office);
  await office.app.send(card, mine.place, `${mine.caseId}/${id}`, isRetry);
  return keep({ ...begun, ...standing(found.status, office.now()), sending: undefined }, office);
}

async function closing(found: SupportCase, desk: SupportDesk, office: Desk) {
  return closingCard(found, (await desk.communications(found.caseId)).map(letterOf), office);
}

/** The case's own card says how it stands; where the platform will not have it shown anew any more, it stays as it is. */
async function showAnew(found: SupportCase, mine: Mine, office: Desk): Promise<Mine> {
  const { app, log } = office;
  if (!mine.card || !app.update) return mine;
  try {
    await app.update(mine.card, caseCard(found, mine.account, office), mine.place);
    return mine;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn('card.not-shown-anew', { case: mine.displayId, reason: error.message });
    return error.retryable ? mine : { ...mine, card: undefined };
  }
}

/** Throws Later when somebody else has kept it since it was read. */
export async function keep(following: Mine, { store }: Desk): Promise<Mine> {
  const kept = await store.keep(following);
  if (!kept) throw new Later(`Somebody else was at case ${following.displayId}.`);
  return kept;
}
