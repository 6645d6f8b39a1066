import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { InvocationOutcome } from './runtime-api';
import { failedMessageIds, outOfOrderSuccesses, type QueueOrigin, toSqsEvent } from './sqs-event';

/** An SQS event source mapping. Batching windows are not emulated: messages are passed on at once. */
export interface SqsSource extends QueueOrigin {
  queueUrl: string;
  /** At most 10, the maximum of one ReceiveMessage. */
  batchSize: number;
  /** Maximum number of concurrent batches, `ScalingConfig.MaximumConcurrency`. */
  concurrency: number;
  /** Whether `FunctionResponseTypes` contains `ReportBatchItemFailures`. */
  reportsFailures: boolean;
}

export interface EventSourceRunner {
  isBusy(): boolean;
  /** Resolves when the current receive, which takes at most a second, and the running batches have ended. */
  close(): Promise<void>;
}

const ERROR_DELAY_MS = 500;

/** Passes a queue's messages to a function and deletes those it has processed. The others follow the queue's redrive policy. */
export function openPoller(
  sqs: SQSClient,
  source: SqsSource,
  invoke: (event: unknown) => Promise<InvocationOutcome>,
  log: (line: string) => void,
): EventSourceRunner {
  const running = new Set<Promise<void>>();
  let closed = false;

  async function process(messages: Message[]): Promise<void> {
    const { payload, functionError } = await invoke(toSqsEvent(messages, source));
    if (functionError) return;
    const ids = messages.map((message) => message.MessageId ?? '');
    const failed = source.reportsFailures ? failedMessageIds(payload, ids) : [];
    for (const { MessageId } of outOfOrderSuccesses(messages, failed))
      log(`${source.queueArn}: ${MessageId} was processed, but an earlier message of its group failed.`);
    await remove(
      sqs,
      source,
      messages.filter((message) => !failed.includes(message.MessageId ?? '')),
    );
  }

  function start(messages: Message[]): void {
    const batch = process(messages)
      .catch((error) => log(`A batch of ${source.queueArn} failed: ${error}`))
      .finally(() => running.delete(batch));
    running.add(batch);
  }

  async function pollOnce(): Promise<void> {
    if (running.size >= source.concurrency) await Promise.race(running);
    const messages = await receive(sqs, source);
    // Messages received after close() become visible again.
    if (messages.length > 0 && !closed) start(messages);
  }

  async function poll(): Promise<void> {
    while (!closed) {
      await pollOnce().catch(async (error) => {
        log(`${source.queueArn} could not be read: ${error}`);
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

/** Never aborted, because fauxqs 1.9.2 would give the next message to the aborted receiver; hence the short wait. */
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
