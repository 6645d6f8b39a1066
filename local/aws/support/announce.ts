import type { EventInput } from '../eventbridge/event';
import type { Partition } from '../partition';
import type { Case } from './case';
import type { SupportSettings } from './settings';

type EventName = 'CreateCase' | 'AddCommunicationToCase' | 'ResolveCase' | 'ReopenCase';

export type Origin = 'AWS' | 'CUSTOMER';

/** Of AddCommunicationToCase only; in the other events both are empty (User Guide, "Support Case Update event"). */
export interface News {
  readonly communication: string;
  readonly origin: Origin;
}

export type Announce = (one: Case, name: EventName, news?: News) => void;

/** Where the events of all accounts of the partition arrive, wherever the stack is. */
const REGION = 'us-east-1';

/** Tells the account's own bus, best effort. China and GovCloud have no such events. */
export function openAnnouncer(
  partition: Partition,
  settings: SupportSettings,
  emit: (happening: EventInput) => void,
): Announce {
  function isLost(): boolean {
    if (settings.lostEvents <= 0) return false;
    settings.lostEvents -= 1;
    return true;
  }

  const idOf = ({ caseId }: Case): string => (settings.foreignIds ? caseId.replace(/-mu..-/, '-muen-') : caseId);

  return (one, name, news) => {
    if (partition !== 'aws' || isLost()) return;
    const detail = {
      'case-id': idOf(one),
      'display-id': one.displayId,
      'communication-id': news?.communication ?? '',
      'event-name': name,
      origin: news?.origin ?? '',
    };
    const happening = { source: 'aws.support', 'detail-type': 'Support Case Update', detail };
    emit({ ...happening, account: one.account, region: REGION });
  };
}
