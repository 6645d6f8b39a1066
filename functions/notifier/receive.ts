import type { SQSBatchResponse } from 'aws-lambda';
import type { Resting } from './deliver';
import { reasonOf } from './log';
import { type Notifier, notify } from './notify';
import { field, isLoose, jsonOf, textOf } from './shapes/shape';
import { unwrap } from './unwrap';

/**
 * What Lambda was invoked with. A batch from the queue answers which of its records must come again; anything else (a direct
 * invocation, SNS) throws, and Lambda may repeat it under the same request id. When nothing of a batch could be delivered it throws too, so that the Errors metric shows it.
 */
export async function receive(
  input: unknown,
  notifier: Notifier,
  requestId?: string,
): Promise<SQSBatchResponse | undefined> {
  const records = queueRecords(input);
  if (!records) return notifyAll(input, notifier, new Map(), requestId).then(() => undefined);
  const resting: Resting = new Map();
  const failed: { itemIdentifier: string; error: unknown }[] = [];
  for (const record of records) {
    await notifyAll(record, notifier, resting).catch((error) =>
      failed.push({ itemIdentifier: textOf(record, 'messageId'), error }),
    );
  }
  if (failed.length === records.length) throw failed[0]?.error;
  return { batchItemFailures: failed.map(({ itemIdentifier }) => ({ itemIdentifier })) };
}

function queueRecords(input: unknown): Record<string, unknown>[] | undefined {
  const records = isLoose(input) ? field(input, 'Records') : undefined;
  if (!Array.isArray(records) || records.length === 0) return undefined;
  return records.every((record) => isLoose(record) && textOf(record, 'eventSource') === 'aws:sqs')
    ? records
    : undefined;
}

/** One after the other, in the order they came in; across batches a standard queue promises no order. */
async function notifyAll(input: unknown, notifier: Notifier, resting: Resting, requestId?: string): Promise<void> {
  const events = unwrap(input, { id: requestId });
  if (events.length === 0) notifier.log.warn('nothing.to-say', { bytes: jsonOf(input).length });
  const failures: unknown[] = [];
  for (const event of events) {
    await notify(event, notifier, resting).catch((error: unknown) => {
      notifier.log.error('event.not-delivered', { id: event.id, source: event.source, reason: reasonOf(error) });
      failures.push(error);
    });
  }
  if (failures.length) throw failures[0];
}
