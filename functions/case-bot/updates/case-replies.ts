import { createHash } from 'node:crypto';
import { conversationKey } from '../domain/case-store';
import { type CaseSubscription, OVERLAP_MS } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import type { Communication, SupportCase, SupportClient } from '../domain/support-client';

/** A communication with a name of ours: DescribeCommunications gives none. */
export interface CaseReply extends Communication {
  id: string;
  /** ms since 1970. */
  sentAt: number;
}

/** What AWS's DescribeCases shows of a case's communications. */
const LATEST = 5;
/** How AWS's own answers are signed (Communication, submittedBy). */
const AWS = /^amazon web services/i;
/** The end of our footer, also of a part of a long text. */
const MARK = /\[(M-[0-9a-f]{12}|CB-\w+)\](?: \(\d+\/\d+\))?$/;

export const isFromAws = ({ submittedBy }: Pick<Communication, 'submittedBy'>): boolean => AWS.test(submittedBy);

/** What has not been told where the case lives, oldest first, apart from what was typed there; a repeat on a page that has shifted is one. */
export async function unseenReplies(
  subscription: CaseSubscription,
  found: SupportCase,
  supportClient: SupportClient,
  ctx: BotContext,
): Promise<{ news: CaseReply[]; own: CaseReply[] }> {
  const since = subscription.watermark - OVERLAP_MS;
  const oldest = found.latest.at(-1);
  const isAll = found.latest.length < LATEST || (oldest && Date.parse(oldest.time) < since);
  const communications = isAll ? found.latest : await supportClient.listCommunications(found.caseId, since);
  const unique = new Map(communications.map(toCaseReply).map((letter) => [letter.id, letter]));
  const had = new Set(subscription.delivered.map(({ id }) => id));
  const fresh = [...unique.values()].filter(({ id, sentAt }) => sentAt >= since && !had.has(id));
  const typed = await Promise.all(fresh.map((letter) => isOwn(letter, subscription, ctx)));
  const news = fresh.filter((_, index) => !typed[index]).sort((one, other) => one.sentAt - other.sentAt);
  return { news, own: fresh.filter((_, index) => typed[index]) };
}

/** Whether DescribeCases itself shows anything that was not told; costs no call. */
export function hasUnseenReplies({ delivered, watermark, status }: CaseSubscription, found: SupportCase): boolean {
  const had = new Set(delivered.map(({ id }) => id));
  const isNew = ({ id, sentAt }: CaseReply) => sentAt >= watermark - OVERLAP_MS && !had.has(id);
  return status !== found.status || found.latest.map(toCaseReply).some(isNew);
}

export function toCaseReply(communication: Communication): CaseReply {
  const { time, submittedBy, body } = communication;
  const id = createHash('sha256')
    .update(JSON.stringify([time, submittedBy, body]))
    .digest('hex')
    .slice(0, 20);
  return { ...communication, id, sentAt: Date.parse(time) || 0 };
}

/** The case as it was filed, and what was typed where it lives: people there have read it. An answer that only quotes that is not. */
async function isOwn(
  letter: CaseReply,
  { reference, conversation, bot }: CaseSubscription,
  { store }: BotContext,
): Promise<boolean> {
  const mark = isFromAws(letter) ? undefined : MARK.exec(letter.body.trimEnd())?.[1];
  if (mark === undefined) return false;
  return mark === reference || (await store.getOrigin(mark)) === `${bot}/${conversationKey(conversation)}`;
}
