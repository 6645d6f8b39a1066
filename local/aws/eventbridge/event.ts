import { randomUUID } from 'node:crypto';
import type { AwsEvent } from '../../../plugins/formatter';

/** An event as it travels on a bus. */
export interface BusEvent extends AwsEvent {
  readonly version: '0';
}

/** EventBridge keeps whole seconds only. */
const isoSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Everything but what happened can be left to the bus. */
export type EventInput = Pick<AwsEvent, 'source' | 'detail-type' | 'detail'> & Partial<AwsEvent>;

/** Puts an event into EventBridge's envelope. */
export function envelope(happening: EventInput, account: string, region: string, now: number): BusEvent {
  return {
    version: '0',
    id: happening.id ?? randomUUID(),
    'detail-type': happening['detail-type'],
    source: happening.source,
    account: happening.account ?? account,
    time: happening.time ?? isoSeconds(now),
    region: happening.region ?? region,
    resources: happening.resources ?? [],
    detail: happening.detail,
  };
}
