import type { AwsEvent, DedupKeys } from '../formatter';
import { type Json, list, text } from '../json';

/**
 * A state change arrives once through the bus and once through every action of the alarm (SNS, Lambda), with the same alarm ARN and
 * the same time; no two changes of one alarm have the same second.
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
