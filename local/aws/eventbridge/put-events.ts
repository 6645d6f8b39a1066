import type { Caller } from '../caller';
import { type Input, optionalNumber, optionalText, optionalTexts, parseRecord, requiredRecords } from '../input';
import { invalid, ServiceError } from '../service-error';
import { type Bus, type Buses, busIn } from './buses';
import { type BusEvent, toEvent, toIsoSeconds } from './event';
import type { IsAuthorized } from './permissions';

function requiredArgument(entry: Input, name: string): string {
  const value = optionalText(entry, name);
  if (value) return value;
  const message = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
  throw new ServiceError('InvalidArgument', message);
}

function detailOf(entry: Input): Input {
  const detail = parseRecord(requiredArgument(entry, 'Detail'));
  if (!detail) throw new ServiceError('MalformedDetail', 'Detail is malformed.');
  return detail;
}

function eventOf(entry: Input, caller: Caller, now: number): BusEvent {
  const source = requiredArgument(entry, 'Source');
  if (source.startsWith('aws.') && !caller.isAws) {
    throw new ServiceError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  /** Seconds since 1970, possibly with a fraction. */
  const time = optionalNumber(entry, 'Time');
  const input = {
    source,
    'detail-type': requiredArgument(entry, 'DetailType'),
    detail: detailOf(entry),
    time: time === undefined ? undefined : toIsoSeconds(time * 1000),
    resources: optionalTexts(entry, 'Resources'),
  };
  return toEvent(input, caller, now);
}

interface PutEventsDeps {
  readonly buses: Buses;
  readonly isAuthorized: IsAuthorized;
  now(): number;
  deliver(event: BusEvent, bus: Bus): void;
}

/**
 * PutEvents: one to ten entries, each accepted or rejected on its own. Only an AWS service may use AWS's own sources. A caller
 * without permission for another account's bus gets one error for the whole request.
 */
export function createPutEvents({ buses, isAuthorized, now, deliver }: PutEventsDeps) {
  function checkPermission(entry: Input, caller: Caller): void {
    const bus = buses.find(optionalText(entry, 'EventBusName') ?? 'default', caller);
    if (!bus || isAuthorized(bus, caller.account)) return;
    const action = `is not authorized to perform: events:PutEvents on resource: ${bus.arn}`;
    const message = `arn:aws:iam::${caller.account}:root ${action} because no resource-based policy allows it.`;
    throw new ServiceError('AccessDeniedException', message);
  }

  function accept(entry: Input, caller: Caller) {
    try {
      const event = eventOf(entry, caller, now());
      deliver(event, busIn(entry, buses, caller));
      return { EventId: event.id };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      return { ErrorCode: error.code, ErrorMessage: error.message };
    }
  }

  return (input: Input, caller: Caller) => {
    const entries = requiredRecords(input, 'Entries');
    if (entries.length < 1 || entries.length > 10) {
      throw invalid("1 validation error detected: Value at 'entries' must have between 1 and 10 members");
    }
    for (const entry of entries) checkPermission(entry, caller);
    const results = entries.map((entry) => accept(entry, caller));
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
}
