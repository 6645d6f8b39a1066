import type { Caller } from '../caller';
import { type Input, optionalNumber, optionalText, optionalTexts, parseRecord, requiredRecords } from '../input';
import { invalid, ServiceError } from '../service-error';
import type { Bus, Buses } from './bus';
import { type BusEvent, envelope } from './event';
import type { Permits } from './permission';

/** Bytes of one request and so of one entry (User Guide, "Calculating PutEvents event entry size"). */
const MOST_BYTES = 256 * 1024;

const bytes = (part: string | undefined): number => Buffer.byteLength(part ?? '');

/** 14 bytes for a time, and the UTF-8 bytes of source, detail type, detail and every resource. */
export function entrySize(entry: Input): number {
  const words = ['Source', 'DetailType', 'Detail'].map((member) => optionalText(entry, member));
  const resources = optionalTexts(entry, 'Resources') ?? [];
  const time = entry.Time === undefined ? 0 : 14;
  return [...words, ...resources].reduce((size, word) => size + bytes(word), time);
}

const argument = (name: string): ServiceError =>
  new ServiceError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

function required(entry: Input, name: string): string {
  const value = optionalText(entry, name);
  if (!value) throw argument(name);
  return value;
}

function detailOf(entry: Input): Input {
  const detail = parseRecord(required(entry, 'Detail'));
  if (!detail) throw new ServiceError('MalformedDetail', 'Detail is malformed.');
  return detail;
}

/** Clients send seconds since 1970, possibly with a fraction; events carry whole seconds. */
function timeOf(entry: Input): string | undefined {
  const seconds = optionalNumber(entry, 'Time');
  return seconds === undefined ? undefined : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function eventOf(entry: Input, caller: Caller, now: number): BusEvent {
  const source = required(entry, 'Source');
  if (source.startsWith('aws.') && !caller.isAws) {
    throw new ServiceError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const happening = {
    source,
    'detail-type': required(entry, 'DetailType'),
    detail: detailOf(entry),
    time: timeOf(entry),
    resources: optionalTexts(entry, 'Resources'),
  };
  return envelope(happening, caller.account, caller.region, now);
}

/**
 * PutEvents: one to ten entries, each accepted or refused for itself; AWS's own sources are refused unless an AWS
 * service is calling. Who may not send to the bus of another account is refused altogether.
 */
export function putEvents(
  buses: Buses,
  now: () => number,
  permits: Permits,
  deliver: (event: BusEvent, bus: Bus) => void,
) {
  function accept(entry: Input, caller: Caller): string {
    const event = eventOf(entry, caller, now());
    const name = optionalText(entry, 'EventBusName') ?? 'default';
    const bus = buses.find(name, caller);
    if (!bus) throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    deliver(event, bus);
    return event.id;
  }

  function check(entry: Input, caller: Caller): void {
    const bus = buses.find(optionalText(entry, 'EventBusName') ?? 'default', caller);
    if (!bus || permits(bus, caller.account)) return;
    const who = `arn:aws:iam::${caller.account}:root is not authorized to perform: events:PutEvents on resource: ${bus.arn}`;
    throw new ServiceError('AccessDeniedException', `${who} because no resource-based policy allows it.`);
  }

  function answer(entry: Input, caller: Caller) {
    try {
      return { EventId: accept(entry, caller) };
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
    if (entries.reduce((size, entry) => size + entrySize(entry), 0) > MOST_BYTES) {
      throw invalid('Total size of the entries in the request is over the limit.');
    }
    for (const entry of entries) check(entry, caller);
    const answers = entries.map((entry) => answer(entry, caller));
    return { FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length, Entries: answers };
  };
}
