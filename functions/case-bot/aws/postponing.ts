import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Hides a message of the queue for so many seconds more. */
export function openPostponing(QueueUrl: string): (receipt: string, seconds: number) => Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  return async (ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
