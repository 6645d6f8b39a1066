import { type Conversation, DeliveryError } from '@casebell/im';
import { recordCard } from '../case-card';
import type { CaseRecord, Versioned } from '../case-store';
import { caseUrl } from '../case-url';
import type { Office } from '../office';

/**
 * Gives a filed case its place: a group or a thread with the case's card in it; else the conversation where it was asked for. A platform
 * that will not open one (a permission is missing) is no reason to lose sight of a case that is filed.
 */
export async function house(record: Versioned<CaseRecord>, office: Office): Promise<Versioned<CaseRecord>> {
  if (record.place) return record;
  const place = await open(record, office);
  if (place) await office.store.link(record, place);
  return office.store.save({ ...record, place: place ?? record.from });
}

async function open(
  record: CaseRecord,
  { app, say, region, log, ...office }: Office,
): Promise<Conversation | undefined> {
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
