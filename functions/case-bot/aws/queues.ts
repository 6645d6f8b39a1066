import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Enqueue } from '../webhook/handle-callback';

/** Sends to the Region's own endpoint: the host in an emulator's queue URL does not resolve. */
const createSqsClient = () => new SQSClient({ useQueueUrlAsEndpoint: false });

/** Enqueues messages in a FIFO queue: in order within a group, once per idempotency key within the five minutes of SQS. */
export function createEnqueue(QueueUrl: string): Enqueue {
  const client = createSqsClient();
  return async ({ body, group, idempotencyKey }) => {
    const message = { QueueUrl, MessageBody: body, MessageGroupId: group, MessageDeduplicationId: idempotencyKey };
    await client.send(new SendMessageCommand(message));
  };
}

/** Hides a received message for some seconds; then the queue delivers it again. */
export function createPostpone(): (queueUrl: string, receiptHandle: string, seconds: number) => Promise<void> {
  const client = createSqsClient();
  return async (QueueUrl, ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
