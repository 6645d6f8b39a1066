import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueuedMessage } from '../../../functions/case-bot/webhook/handle-callback';

/**
 * The worker stays away: on Lambda it has a CPU of its own, here it would take the door's; and what is in the queue can be
 * counted. So does the notifier's schedule, whose calls are not the door's. The API takes half of such a load, for good
 * reason, unless it is told otherwise.
 */
export const LONE_DOOR = {
  CaseWorker: { Events: { Queue: { Properties: { Enabled: false } } } },
  Notifier: { Events: { Sweep: { Properties: { Enabled: false } } } },
  CaseApi: { DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 } },
};

/** Empties the queue, and gives what was in it. */
export async function drain(sqs: SQSClient, QueueUrl: string): Promise<QueuedMessage[]> {
  const heard: QueuedMessage[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return heard;
    heard.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Messages.map(entryOf) }));
  }
}

const entryOf = ({ ReceiptHandle }: Message, index: number) => ({ Id: String(index), ReceiptHandle });
