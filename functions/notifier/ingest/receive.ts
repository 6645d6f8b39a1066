import type { SQSBatchResponse } from 'aws-lambda';
import type { AwsEvent } from '../../../plugins/formatter';
import { describeError } from '../../shared/log';
import { deliverAll, sweep } from '../delivery/deliver';
import type { DeliveryDeps, Destination, TimeBudget } from '../delivery/deps';
import { deadlinesOf } from '../delivery/summary';
import { createEntry } from '../format/entry';
import { type CompiledFormatter, formatEvent } from '../format/formatters';
import type { Entry } from '../outbox/outbox';
import { eventAccount } from './accounts';
import { parseDeadLetter } from './dead-letter';
import { asObject, fieldText, isObject, type JsonObject, stringify } from './json';
import { unwrapEvents } from './unwrap';

export interface NotifierDeps extends DeliveryDeps {
  formatters: readonly CompiledFormatter[];
  /** The names that the case bot has for accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
  /** Ids of accounts whose events are not notified. */
  excluded: ReadonlySet<string>;
  /** In ms since 1970: until then all events of this invocation together may wait for a model. */
  modelDeadline?: number;
  /** @param isFresh whether to read the webhooks again, which may have changed a minute ago */
  destinations(isFresh?: boolean): Promise<readonly Destination[]>;
}

export interface Invocation {
  requestId?: string;
  /** Until Lambda ends the invocation. */
  remainingMs: number;
  /** Name of the queue whose messages are wake-ups. */
  deliveryQueue: string;
}

/** After an event has been stored, sending begins within this time, so that the queue's next batch does not wait for a slow platform. */
const BATCH_SEND_BUDGET_MS = 3_000;
/** For a model, of all events of an invocation together; and the part of the invocation that it is at most. */
export const MODEL_BUDGET_MS = 8_000;
const MODEL_WINDOW_RATIO = 0.25;
/** The part of an invocation in which messages are begun: they have to be finished before it ends. */
const SEND_WINDOW_RATIO = 0.75;

/**
 * Dispatches an invocation: a batch of the event queue, wake-ups, the sweep of every minute, or an event itself (such as an alarm's
 * Lambda action). Throws when an event could not be stored, and Lambda repeats the invocation with the same request id.
 */
export async function dispatchInvocation(
  input: unknown,
  deps: NotifierDeps,
  { requestId, remainingMs, deliveryQueue }: Invocation,
): Promise<SQSBatchResponse | undefined> {
  const startedAt = deps.clock.now();
  const records = queueRecords(input);
  // Counted from the first delivery: a slow model must not use up its time.
  const timeBudget = (canSleep = false, now = deps.clock.now()): TimeBudget => {
    const lastStart = startedAt + remainingMs * SEND_WINDOW_RATIO;
    const startBefore = canSleep ? lastStart : Math.min(now + BATCH_SEND_BUDGET_MS, lastStart);
    return { canSleep, startBefore, deadline: startedAt + remainingMs };
  };
  try {
    if (isSweep(input)) return void (await sweep(deps, timeBudget()));
    if (records?.every((record) => isWakeUp(record, deliveryQueue)))
      return void (await wakeUp(records, deps, timeBudget(true)));
    const modelDeadline = startedAt + Math.min(MODEL_BUDGET_MS, remainingMs * MODEL_WINDOW_RATIO);
    const withModel = { ...deps, modelDeadline };
    const response = records ? await receiveBatch(records, withModel) : await receiveInput(input, withModel, requestId);
    await deliverAll(await deps.destinations(), deps, timeBudget());
    return response ?? undefined;
  } finally {
    deps.metrics.flush();
  }
}

/** Sent by the template's schedule. A message of a queue cannot be one: it is in a record. */
const isSweep = (input: unknown): boolean => isObject(input) && input.casebell === 'sweep';

/** The records of a queue's batch; undefined for any other input. */
export function queueRecords(input: unknown): JsonObject[] | undefined {
  const records = isObject(input) ? input.Records : undefined;
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const isQueueRecord = (record: unknown) => isObject(record) && fieldText(record, 'eventSource') === 'aws:sqs';
  return records.every(isQueueRecord) ? records : undefined;
}

const isWakeUp = (record: JsonObject, deliveryQueue: string): boolean =>
  fieldText(record, 'eventSourceARN').split(':').at(-1) === deliveryQueue;

async function wakeUp(records: readonly JsonObject[], deps: NotifierDeps, time: TimeBudget): Promise<void> {
  const woken = new Set(records.map(({ body }) => fieldText(asObject(JSON.parse(String(body))), 'destination')));
  const destinations = await deps.destinations();
  await deliverAll(
    destinations.filter(({ id }) => woken.has(id)),
    deps,
    time,
  );
}

/**
 * Stores the events of a batch of the event queue. Returns the records that have to be retried; throws when these are all, so that
 * Lambda's Errors metric shows it.
 */
export async function receiveBatch(records: readonly JsonObject[], deps: NotifierDeps): Promise<SQSBatchResponse> {
  const failed: { itemIdentifier: string; error: unknown }[] = [];
  const receive = (record: JsonObject): Promise<void> => {
    const entry = parseDeadLetter(record.body);
    return entry ? store({ ...entry, enqueuedAt: deps.clock.now() }, deps) : receiveInput(record, deps);
  };
  await Promise.all(
    records.map(async (record) => {
      try {
        await receive(record);
      } catch (error) {
        failed.push({ itemIdentifier: fieldText(record, 'messageId'), error });
      }
    }),
  );
  if (failed.length === records.length) throw failed[0]?.error;
  return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

/** Stores every event in the input. Throws when one could not be stored, after trying all. */
export async function receiveInput(input: unknown, deps: NotifierDeps, requestId?: string): Promise<void> {
  const { log } = deps;
  const events = unwrapEvents(input, { id: requestId });
  if (events.length === 0) log.warn('event.empty', { bytes: stringify(input).length });
  const failures: unknown[] = [];
  for (const event of events) {
    await receiveEvent(event, deps).catch((error: unknown) => {
      log.error('event.store_failed', { id: event.id, source: event.source, reason: describeError(error) });
      failures.push(error);
    });
  }
  if (failures.length) throw failures[0];
}

/** THE FLOW: an event becomes a card, and the card an entry in the outbox of every destination. Throws when one could not be stored. */
export async function receiveEvent(event: AwsEvent, deps: NotifierDeps): Promise<void> {
  const { formatters, locale, clock, log, metrics } = deps;
  const facts = { id: event.id, source: event.source };
  metrics.count('EventsReceived');
  const account = eventAccount(event);
  if (deps.excluded.has(account)) {
    metrics.count('EventsExcluded');
    return log.info('event.excluded', { ...facts, account });
  }
  const formatted = formatEvent(event, formatters, locale, log);
  if (!formatted) return log.info('event.suppressed', facts);
  const entry = createEntry(event, formatted, deps, clock.now());
  await store(await withSummary(event, entry, deps), deps);
}

/** The entry with a summary, where a model has one. */
async function withSummary(event: AwsEvent, entry: Entry, deps: NotifierDeps): Promise<Entry> {
  const { summarize, locale, modelDeadline = 0 } = deps;
  const { key: id, card } = entry;
  const deadlines = deadlinesOf(event, locale);
  const summary = await summarize?.({ task: 'event', id, card, deadlines }, modelDeadline);
  return summary ? { ...entry, card: { ...card, summary } } : entry;
}

/** Puts an entry into the outbox of every destination that does not know its key. */
async function store(entry: Entry, { destinations, outbox, log, metrics }: NotifierDeps): Promise<void> {
  const outcomes = await Promise.allSettled((await destinations()).map(({ id }) => outbox.put(id, entry)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const count = (isNew: boolean) =>
    outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value === isNew).length;
  const [stored, duplicates] = [count(true), count(false)];
  if (duplicates) metrics.count('EventsDuplicate', duplicates);
  const facts = { ...entry.event, key: entry.key, formatter: entry.formatter, stored };
  if (stored || duplicates) log.info(stored ? 'event.stored' : 'event.duplicate', facts);
  if (failed) throw failed.reason;
}
