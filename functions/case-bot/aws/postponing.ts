import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Hides a message of a queue for so many seconds from now on. */
export function createPostpone(): (queue: string, receipt: string, seconds: number) => Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return async (QueueUrl, ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
