import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueuedMessage } from '../../../functions/case-bot/webhook/handle-callback';

/**
 * Overrides for the callback function alone. The worker is off: on Lambda it has its own CPU, here it would share the
 * callback's; and so the queue can be counted. The schedule is off: its requests are not the callback's. The API's
 * throttling limit is raised: the real one allows half of such a load.
 */
export const CALLBACK_ONLY = {
  CaseWorker: { Events: { Queue: { Properties: { Enabled: false } } } },
  Notifier: { Events: { Sweep: { Properties: { Enabled: false } } } },
  CaseApi: { DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 1000 } },
};

/** Empties the queue, and returns its messages. */
export async function drain(sqs: SQSClient, QueueUrl: string): Promise<QueuedMessage[]> {
  const drained: QueuedMessage[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return drained;
    drained.push(...Messages.map(({ Body = '' }) => JSON.parse(Body)));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Messages.map(toEntry) }));
  }
}

const toEntry = ({ ReceiptHandle }: Message, index: number) => ({ Id: String(index), ReceiptHandle });
