import type { SQSBatchResponse } from 'aws-lambda';
import { deliverAll } from './deliver-all';
import type { Patience } from './delivery/wait';
import type { Notifier } from './notify';
import { queueRecords, receiveAny, receiveBatch } from './receive';
import { isLoose, type Loose, loose, textOf } from './shapes/shape';
import { sweep } from './sweep';

/** What Lambda says about an invocation. */
export interface Invocation {
  requestId?: string;
  /** Milliseconds until it is ended. */
  remaining: number;
}

/** In ms: the queue's next batch is not to wait for a slow platform. */
const HASTE = 3_000;
/** In ms: what all events of an invocation together may wait for a model, and the share of the invocation that it may be at most. */
export const MODEL_BOX = 8_000;
const MODEL_SHARE = 0.25;
/** The share of an invocation in which messages are begun: what has been begun has to be finished before it ends. */
const SHARE = 0.75;

/**
 * What Lambda was invoked with: a batch of the event queue, wake-ups, the sweep of every minute, or any event directly (such as
 * an alarm's Lambda action). That throws when it could not be taken in, and Lambda repeats it under the same request id.
 * @param wakeQueue the name of the queue whose messages are wake-ups.
 */
export async function invoked(
  input: unknown,
  notifier: Notifier,
  wakeQueue: string,
  { requestId, remaining }: Invocation,
): Promise<SQSBatchResponse | undefined> {
  const began = notifier.clock.now();
  const records = queueRecords(input);
  const sitting = { ...notifier, modelUntil: began + Math.min(MODEL_BOX, remaining * MODEL_SHARE) };
  // Counted from when deliveries begin: a slow model is not to cost them their time.
  const hasty = (now = notifier.clock.now()): Patience => ({
    maySleep: false,
    until: Math.min(now + HASTE, began + remaining * SHARE),
    end: began + remaining,
  });
  try {
    if (isSweep(input)) return void (await sweep(notifier, hasty()));
    if (records?.every((record) => isWakeUp(record, wakeQueue)))
      return void (await wakeUp(records, notifier, { ...hasty(), maySleep: true, until: began + remaining * SHARE }));
    const response = records ? await receiveBatch(records, sitting) : await receiveAny(input, sitting, requestId);
    await deliverAll(await notifier.destinations(), notifier, hasty());
    return response ?? undefined;
  } finally {
    notifier.metrics.flush();
  }
}

/** What the template's schedule sends; nothing that comes over a queue can be it. */
const isSweep = (input: unknown): boolean => isLoose(input) && input.casebell === 'sweep';

const isWakeUp = (record: Loose, wakeQueue: string): boolean =>
  textOf(record, 'eventSourceARN').split(':').at(-1) === wakeQueue;

async function wakeUp(records: readonly Loose[], notifier: Notifier, patience: Patience): Promise<void> {
  const woken = new Set(records.map(destinationIn));
  const destinations = await notifier.destinations();
  await deliverAll(
    destinations.filter(({ id }) => woken.has(id)),
    notifier,
    patience,
  );
}

function destinationIn({ body }: Loose): string {
  return textOf(loose(JSON.parse(String(body))), 'destination');
}
