import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { truncate } from '@casebell/im/webhooks';
import { serializeDeadLetter } from '../ingest/dead-letter';
import { type DeadLetter, delaySeconds, type Queues } from './outbox';

/** Limits of a batch (SendMessageBatch, API Reference; 256 KB minus room for the attributes). */
const MAX_BATCH_SIZE = 10;
const MAX_BATCH_BYTES = 250_000;
const ATTRIBUTES_BYTES = 2_000;

/** The queues in SQS. @param urls of the delivery queue and of the dead-letter queue */
export function createSqsQueues(
  urls: { delivery: string; deadLetters: string },
  // The host of a queue's url is the Region's; an emulator answers elsewhere.
  client = new SQSClient({ useQueueUrlAsEndpoint: false }),
): Queues {
  return {
    async scheduleDelivery(destination, delayMs) {
      const DelaySeconds = delaySeconds(delayMs);
      const MessageBody = JSON.stringify({ destination });
      await client.send(new SendMessageCommand({ QueueUrl: urls.delivery, MessageBody, DelaySeconds }));
      return DelaySeconds * 1000;
    },
    async sendToDlq(deadLetters) {
      for (const Entries of toBatches(deadLetters)) {
        const sent = await client.send(new SendMessageBatchCommand({ QueueUrl: urls.deadLetters, Entries }));
        const [failed] = sent.Failed ?? [];
        if (failed) throw new Error(`The dead-letter queue did not accept a message: ${failed.Message}`);
      }
    },
  };
}

function toBatches(deadLetters: readonly DeadLetter[]): SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = Infinity;
  for (const deadLetter of deadLetters) {
    const MessageBody = serializeDeadLetter(deadLetter);
    const size = Buffer.byteLength(MessageBody) + ATTRIBUTES_BYTES;
    if (bytes + size > MAX_BATCH_BYTES || batches.at(-1)?.length === MAX_BATCH_SIZE) {
      batches.push([]);
      bytes = 0;
    }
    bytes += size;
    batches.at(-1)?.push({ Id: deadLetter.entry.key, MessageBody, MessageAttributes: toAttributes(deadLetter) });
  }
  return batches;
}

/** Characters that SQS rejects in a text (SendMessage, API Reference). */
const REJECTED_CHARACTERS = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Readable in the console without opening the body. */
const toAttributes = ({ reason, destination, platform }: DeadLetter) => ({
  reason: { DataType: 'String', StringValue: truncate(reason.replace(REJECTED_CHARACTERS, ' '), 1_000) || '?' },
  destination: { DataType: 'String', StringValue: destination },
  platform: { DataType: 'String', StringValue: platform },
});
