import type { AwsEvent, DedupKeys } from '../formatter';
import { type Json, list, text } from '../json';

/**
 * An alarm's change comes once by the bus and once more by every action of the alarm (SNS, Lambda): the same alarm ARN and the
 * same time of the change, which no two changes of one alarm share to the second.
 */
export function identityOf({ detail, resources }: AwsEvent<Json | undefined>): DedupKeys | undefined {
  const arn = text(list(resources)[0]);
  if (!arn?.includes(':alarm:')) return undefined;
  const about = [arn, ...Object.values(detail?.alarmContributor?.attributes ?? {}).map((value) => text(value) ?? '')];
  const changed = Date.parse(text(detail?.state?.timestamp) ?? '');
  const state = text(detail?.state?.value) ?? '';
  return Number.isNaN(changed) ? { incident: about } : { incident: about, event: [...about, state, seconds(changed)] };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
