import { randomUUID } from 'node:crypto';
import type { AwsEvent } from '../../../plugins/formatter';

/** An event on a bus. */
export interface BusEvent extends AwsEvent {
  readonly version: '0';
}

/** Members that the bus does not fill in are required. */
export type EventInput = Pick<AwsEvent, 'source' | 'detail-type' | 'detail'> & Partial<AwsEvent>;

/** EventBridge keeps whole seconds only. */
export const toIsoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Puts an event into EventBridge's envelope. @param now milliseconds since 1970 */
export function toEvent(input: EventInput, home: { account: string; region: string }, now: number): BusEvent {
  return {
    version: '0',
    id: input.id ?? randomUUID(),
    'detail-type': input['detail-type'],
    source: input.source,
    account: input.account ?? home.account,
    time: input.time ?? toIsoSeconds(now),
    region: input.region ?? home.region,
    resources: input.resources ?? [],
    detail: input.detail,
  };
}
