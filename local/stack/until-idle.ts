import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import type { OpenStackContext } from './open-site';

const COUNTS: QueueAttributeName[] = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
];

/**
 * Resolves when every event is delivered, the queues are empty and no worker is busy, or when patience is over. Looks twice,
 * because what one function did may still be on its way to the queue of another. A message that waits for its next try
 * counts: it has still to succeed or to be put aside.
 * @param patience in milliseconds
 */
export async function waitUntilIdle(
  site: OpenStackContext,
  queueUrls: readonly string[],
  workers: readonly { isBusy(): boolean }[],
  patience: number,
): Promise<void> {
  const deadline = performance.now() + patience;
  for (let quiet = 0; quiet < 2 && performance.now() < deadline; await sleep(20)) {
    await site.delivered();
    const left = await Promise.all(queueUrls.map((queueUrl) => messagesIn(site.clients.sqs, queueUrl)));
    const busy = left.some((count) => count > 0) || workers.some((worker) => worker.isBusy());
    quiet = busy ? 0 : quiet + 1;
  }
}

async function messagesIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: COUNTS }));
  return COUNTS.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}
