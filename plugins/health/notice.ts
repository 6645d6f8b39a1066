import type { AwsEvent } from '../formatter';
import { isForEveryone } from '../health-event';
import { type Json, list, text } from '../json';

export interface Entity {
  value: string;
  status?: string;
  /** `key=value` pairs. */
  tags: string[];
}

/** A Health event with checked fields. */
export interface Notice {
  arn?: string;
  service: string;
  code: string;
  category?: string;
  status?: string;
  scope?: string;
  actionability?: string;
  /** The affected Region, account and entities. */
  region?: string;
  account?: string;
  /** The Region and account of the delivery, where they differ from the affected ones. */
  receivedIn?: string;
  receivedBy?: string;
  /** Whether every account receives the same event. */
  isPublic: boolean;
  start?: string;
  end?: string;
  page?: string;
  pages?: string;
  entities: Entity[];
  /** `key=value` pairs. */
  metadata: string[];
}

/**
 * Reads the shape of "AWS Health events Amazon EventBridge schema" (AWS Health User Guide), where `region` and `account`
 * name the delivery, and `detail.eventRegion` and `detail.affectedAccount` the affected ones: they differ in backup copies
 * and in the organization's view.
 */
export function readNotice(event: AwsEvent<Json | undefined>): Notice {
  const detail = event.detail;
  const hit = { region: text(detail?.eventRegion), account: text(detail?.affectedAccount) };
  const delivered = { region: text(event.region), account: text(event.account) };
  return {
    arn: text(detail?.eventArn),
    service: text(detail?.service) ?? 'AWS',
    code: text(detail?.eventTypeCode) ?? '',
    category: text(detail?.eventTypeCategory),
    status: statusOf(detail),
    scope: text(detail?.eventScopeCode),
    actionability: text(detail?.actionability),
    region: hit.region ?? delivered.region,
    account: hit.account ?? delivered.account,
    receivedIn: hit.region && hit.region !== delivered.region ? delivered.region : undefined,
    receivedBy: hit.account && hit.account !== delivered.account ? delivered.account : undefined,
    isPublic: isForEveryone(detail),
    start: text(detail?.startTime),
    end: text(detail?.endTime),
    page: text(detail?.page),
    pages: text(detail?.totalPages),
    entities: entitiesOf(event),
    metadata: pairs(detail?.eventMetadata),
  };
}

/** An issue has an end only when it is over; a scheduled change has the end of its window. */
function statusOf(detail: Json | undefined): string | undefined {
  const ended = detail?.eventTypeCategory && text(detail.eventTypeCategory) === 'issue' && text(detail.endTime);
  return text(detail?.statusCode) ?? (ended ? 'closed' : undefined);
}

function entitiesOf(event: AwsEvent<Json | undefined>): Entity[] {
  const entities = list(event.detail?.affectedEntities).flatMap((entity) => {
    const value = text(entity) ?? text(entity.entityValue);
    return value ? [{ value, status: text(entity.status), tags: pairs(entity.tags) }] : [];
  });
  if (entities.length > 0) return entities;
  return list(event.resources).flatMap((resource) => {
    const value = text(resource);
    return value ? [{ value, tags: [] }] : [];
  });
}

function pairs(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => (text(one) ? [`${key}=${text(one)}`] : []));
}
