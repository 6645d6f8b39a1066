import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
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
