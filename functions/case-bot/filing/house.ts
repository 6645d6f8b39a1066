import { type Conversation, DeliveryError, type OpenedPlace } from '@casebell/im';
import { recordCard } from '../case-card';
import { type CaseRecord, keyOf, type Versioned } from '../case-store';
import { caseUrl } from '../case-url';
import type { Following } from '../following';
import type { Office } from '../office';

/**
 * Gives a filed case its place: a group or a thread with the case's card in it; else the conversation where it was asked for. A platform
 * that will not open one (a permission is missing) is no reason to lose sight of a case that is filed.
 */
export async function house(record: Versioned<CaseRecord>, office: Office): Promise<Versioned<CaseRecord>> {
  if (record.place) return record;
  const { card, ...place } = (await open(record, office)) ?? { ...record.from, card: undefined };
  if (keyOf(place) !== keyOf(record.from)) await office.store.link(record, place);
  await office.store.follow(followingOf(record, place, card));
  return office.store.save({ ...record, place });
}

async function open(
  record: CaseRecord,
  { app, say, region, log, ...office }: Office,
): Promise<OpenedPlace | undefined> {
  const { displayId = '', request, opener, reference, from } = record;
  const link = { label: say.t({ en: 'AWS case', 'zh-CN': 'AWS 工单' }), url: caseUrl(displayId, region) };
  const card = recordCard(record, { ...office, app, say, region, log }, true);
  const place = { name: `${displayId}-${request.subject}`, members: [opener.id], link, card };
  try {
    return await app.openPlace?.(place, from, reference);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable) throw error;
    log.error('place.not-opened', { case: displayId, reason: error.message });
    return undefined;
  }
}

function followingOf(record: CaseRecord, place: Conversation, card?: string): Following {
  const { account, caseId = '', displayId = '', bot, reference, intended } = record;
  const shown = card ? { card } : {};
  return {
    account,
    caseId,
    displayId,
    bot,
    place,
    reference,
    ...shown,
    status: 'opened',
    watermark: intended,
    told: [],
  };
}
