import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { failedMessageIds } from './batch-response';
import { outOfOrderSuccesses } from './overtaking';
import type { InvocationOutcome } from './runtime-api';
import { type QueueOrigin, toSqsEvent } from './sqs-event';

/** An SQS event source mapping. A batching window is not waited for: what is there is handed over at once. */
export interface SqsSource extends QueueOrigin {
  queueUrl: string;
  /** A larger one than 10 is cut to 10, the most that one ReceiveMessage gives. */
  batchSize: number;
  /** Most batches at a time, `ScalingConfig.MaximumConcurrency`. */
  concurrency: number;
  /** Whether `FunctionResponseTypes` holds `ReportBatchItemFailures`. */
  reportsFailures: boolean;
}

export interface EventSourceRunner {
  isBusy(): boolean;
  /** Resolves when the last receive and the batches that run have ended: at most a second for the receive. */
  close(): Promise<void>;
}

const ERROR_DELAY_MS = 500;

/** Hands a queue's messages to a function, and deletes those that it dealt with. The rest is the queue's redrive policy's. */
export function openPoller(
  sqs: SQSClient,
  source: SqsSource,
  invoke: (event: unknown) => Promise<InvocationOutcome>,
  complain: (line: string) => void,
): EventSourceRunner {
  const running = new Set<Promise<void>>();
  let closed = false;

  async function deal(messages: Message[]): Promise<void> {
    const { payload, functionError } = await invoke(toSqsEvent(messages, source));
    if (functionError) return;
    const ids = messages.map((message) => message.MessageId ?? '');
    const failed = source.reportsFailures ? failedMessageIds(payload, ids) : [];
    for (const { MessageId } of outOfOrderSuccesses(messages, failed))
      complain(`${source.queueArn}: ${MessageId} was dealt with, but an earlier message of its group was not.`);
    await remove(
      sqs,
      source,
      messages.filter((message) => !failed.includes(message.MessageId ?? '')),
    );
  }

  function start(messages: Message[]): void {
    const batch = deal(messages)
      .catch((error) => complain(`A batch of ${source.queueArn} failed: ${error}`))
      .finally(() => running.delete(batch));
    running.add(batch);
  }

  async function turn(): Promise<void> {
    if (running.size >= source.concurrency) await Promise.race(running);
    const messages = await receive(sqs, source);
    /** What comes after the end is left to become visible again. */
    if (messages.length > 0 && !closed) start(messages);
  }

  async function poll(): Promise<void> {
    while (!closed) {
      await turn().catch(async (error) => {
        complain(`${source.queueArn} could not be read: ${error}`);
        await sleep(ERROR_DELAY_MS);
      });
    }
    await Promise.all(running);
  }

  const ended = poll();
  return {
    isBusy: () => running.size > 0,
    close() {
      closed = true;
      return ended;
    },
  };
}

/** Never aborted: fauxqs 1.9.2 would give the next message to the receiver that is gone. Hence the short wait. */
async function receive(sqs: SQSClient, source: SqsSource): Promise<Message[]> {
  const request = new ReceiveMessageCommand({
    QueueUrl: source.queueUrl,
    MaxNumberOfMessages: Math.min(source.batchSize, 10),
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return (await sqs.send(request)).Messages ?? [];
}

async function remove(sqs: SQSClient, { queueUrl }: SqsSource, messages: Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  if (Failed?.length) throw new Error(Failed.map((entry) => entry.Message).join(' '));
}
