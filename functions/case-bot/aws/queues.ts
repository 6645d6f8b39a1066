import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Enqueue } from '../webhook/handle-callback';
/** Puts a message on the FIFO queue, in the order of its conversation, once within SQS's five minutes. */
export function createEnqueue(QueueUrl: string): Enqueue {
  // The url's host is the Region's own; an emulator's does not resolve.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return async ({ body, group, idempotencyKey }) => {
    const message = { QueueUrl, MessageBody: body, MessageGroupId: group, MessageDeduplicationId: idempotencyKey };
    await client.send(new SendMessageCommand(message));
  };
}

/** Hides a message of a queue for so many seconds from now on. */
export function createPostpone(): (queue: string, receipt: string, seconds: number) => Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return async (QueueUrl, ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
