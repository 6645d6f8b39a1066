import type { SQSBatchResponse } from 'aws-lambda';
import { describeError } from '../shared/log';
import { entryInLetter } from './dead-letter';
import { type Notifier, notify, store } from './notify';
import { isLoose, jsonOf, type Loose, textOf } from './shapes/shape';
import { unwrap } from './unwrap';

/**
 * A batch of the event queue: everything in it is put into the outboxes. Answers which of its records must come again, because
 * they could not be; when that is all of them it throws, so that Lambda's Errors metric shows it.
 */
export async function receiveBatch(records: readonly Loose[], notifier: Notifier): Promise<SQSBatchResponse> {
  const failed: { itemIdentifier: string; error: unknown }[] = [];
  await Promise.all(
    records.map((record) =>
      receiveRecord(record, notifier).catch((error) =>
        failed.push({ itemIdentifier: textOf(record, 'messageId'), error }),
      ),
    ),
  );
  if (failed.length === records.length) throw failed[0]?.error;
  return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

async function receiveRecord(record: Loose, notifier: Notifier): Promise<void> {
  const entry = entryInLetter(record.body);
  return entry ? store({ ...entry, since: notifier.clock.now() }, notifier) : receiveAny(record, notifier);
}

/** Whatever was handed over: every event in it is put into the outboxes. Throws when one could not be. */
export async function receiveAny(input: unknown, notifier: Notifier, requestId?: string): Promise<void> {
  const { log } = notifier;
  const events = unwrap(input, { id: requestId });
  if (events.length === 0) log.warn('nothing.to-say', { bytes: jsonOf(input).length });
  const failures: unknown[] = [];
  for (const event of events) {
    await notify(event, notifier).catch((error: unknown) => {
      log.error('event.not-stored', { id: event.id, source: event.source, reason: describeError(error) });
      failures.push(error);
    });
  }
  if (failures.length) throw failures[0];
}

/** The records of a batch of a queue; undefined for anything else that Lambda may be invoked with. */
export function queueRecords(input: unknown): Loose[] | undefined {
  const records = isLoose(input) ? input.Records : undefined;
  if (!Array.isArray(records) || records.length === 0) return undefined;
  return records.every((record) => isLoose(record) && textOf(record, 'eventSource') === 'aws:sqs')
    ? records
    : undefined;
}
