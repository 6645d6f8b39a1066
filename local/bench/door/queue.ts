import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Heard } from '../../../functions/case-bot/door';

/** Empties the queue, and gives what was in it. */
export async function drain(sqs: SQSClient, QueueUrl: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return heard;
    heard.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Messages.map(entryOf) }));
  }
}

const entryOf = ({ ReceiptHandle }: Message, index: number) => ({ Id: String(index), ReceiptHandle });
