import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { truncate } from '@casebell/im/webhooks';
import { type DeadLetter, written } from '../dead-letter';
import type { Queues } from '../queues';

/** Limits of SQS (API Reference, SendMessage and SendMessageBatch). */
const LONGEST_DELAY = 900;
const MOST_LETTERS = 10;
const MOST_BYTES = 250_000;

/** The queues over SQS. */
export function openQueues(urls: { wake: string; deadLetters: string }): Queues {
  // The url's host is the Region's own; an emulator's does not resolve.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return {
    async wake(destination, ms) {
      const DelaySeconds = Math.min(LONGEST_DELAY, Math.max(0, Math.floor(ms / 1000)));
      const MessageBody = JSON.stringify({ destination });
      await client.send(new SendMessageCommand({ QueueUrl: urls.wake, MessageBody, DelaySeconds }));
      return DelaySeconds * 1000;
    },
    async bury(letters) {
      for (const Entries of batchesOf(letters)) {
        const sent = await client.send(new SendMessageBatchCommand({ QueueUrl: urls.deadLetters, Entries }));
        const [failed] = sent.Failed ?? [];
        if (failed) throw new Error(`A dead letter was not taken by its queue: ${failed.Message}`);
      }
    },
  };
}

function batchesOf(letters: readonly DeadLetter[]): SendMessageBatchRequestEntry[][] {
  const batches: SendMessageBatchRequestEntry[][] = [];
  let bytes = Infinity;
  for (const letter of letters) {
    const MessageBody = written(letter);
    const size = Buffer.byteLength(MessageBody) + 2_000;
    if (bytes + size > MOST_BYTES || batches.at(-1)?.length === MOST_LETTERS) {
      batches.push([]);
      bytes = 0;
    }
    bytes += size;
    batches.at(-1)?.push({ Id: letter.entry.key, MessageBody, MessageAttributes: attributesOf(letter) });
  }
  return batches;
}

/** What SQS takes in a text ("SendMessage" of its API Reference). */
const UNSENDABLE = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Readable in the console without opening the body. */
const attributesOf = ({ reason, destination, platform }: DeadLetter) => ({
  reason: { DataType: 'String', StringValue: truncate(reason.replace(UNSENDABLE, ' '), 1_000) || '?' },
  destination: { DataType: 'String', StringValue: destination },
  platform: { DataType: 'String', StringValue: platform },
});
