import { type CreatedThread, DeliveryError } from '@casebell/im/bots';
import { newCaseCard } from '../domain/case-card';
import { type CaseRecord, conversationKey, type Versioned } from '../domain/case-store';
import { caseUrl } from '../domain/case-url';
import type { CaseSubscription } from '../domain/case-subscription';
import { RetryLaterError } from '../domain/errors';
import type { MessageContext } from '../domain/context';

/**
 * Gives a filed case its place: a group or a thread with the case's card in it; else the conversation where it was asked for. A platform
 * that will not open one (a permission is missing) is no reason to lose sight of a case that is filed: until there is a place, its
 * news are told where it was asked for. Throws Later while they are.
 */
export async function openCaseConversation(record: Versioned<CaseRecord>, office: MessageContext): Promise<Versioned<CaseRecord>> {
  if (record.place) return record;
  const following = followingOf(record);
  const { place: known } = await office.store.follow(following);
  const { card, ...place } = (await open(record, office)) ?? { ...record.from, card: undefined };
  if (conversationKey(place) !== conversationKey(record.from)) await office.store.link(following, place);
  if (card || conversationKey(place) !== conversationKey(known)) await attachSubscription({ ...following, place, card }, office);
  return office.store.save({ ...record, place });
}

async function open(
  record: CaseRecord,
  { app, say, region, log, ...office }: MessageContext,
): Promise<CreatedThread | undefined> {
  const { displayId = '', request, opener, reference, from } = record;
  const link = { label: say.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(displayId, region) };
  const card = newCaseCard(record, { ...office, app, say, region, log }, true);
  const place = { name: `${displayId}-${request.subject}`, members: [opener.id], link, card };
  try {
    return await app.createThread?.(place, from, reference);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable) throw error;
    log.error('place.not-opened', { case: displayId, reason: error.message });
    return undefined;
  }
}

/** Also where AWS's event was faster, and the case was taken for one of somebody else's. */
async function attachSubscription({ account, displayId, bot, place, reference, card }: CaseSubscription, { store, now }: MessageContext) {
  const known = await store.following(account, displayId);
  const isFree = known && (known.until ?? 0) <= now();
  const moved = isFree && (await store.keep({ ...known, bot, place, reference, card, arriving: undefined }));
  if (!moved) throw new RetryLaterError(`Somebody is at case ${displayId}.`);
}

function followingOf(record: CaseRecord): CaseSubscription {
  const { account, caseId = '', displayId = '', bot, reference, intended, from } = record;
  return {
    account,
    caseId,
    displayId,
    bot,
    place: from,
    reference,
    status: 'opened',
    watermark: intended,
    told: [],
  };
}
