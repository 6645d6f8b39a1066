import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Messaging, startMessaging } from '../aws/messaging';
import { until } from '../stack/bot.fixture';
import type { InvocationOutcome } from './runtime-api';
import { type EventSourceRunner, openPoller, type SqsSource } from './sqs-poller';

let messaging: Messaging;
let sqs: SQSClient;
const pollers: EventSourceRunner[] = [];
const log: string[] = [];

beforeAll(async () => {
  messaging = await startMessaging('us-east-1');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  sqs = new SQSClient({ region: 'us-east-1', endpoint: messaging.url, credentials, useQueueUrlAsEndpoint: false });
});

afterEach(() => {
  expect(log.splice(0)).toEqual([]);
});

afterAll(async () => {
  await Promise.all(pollers.map((poller) => poller.close()));
  sqs.destroy();
  await messaging.close();
});

async function queueOf(QueueName: string, ...bodies: string[]): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: '1' } }),
  );
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  return QueueUrl;
}

type Work = (bodies: string[], ids: string[]) => InvocationOutcome | Promise<InvocationOutcome>;

function listen(
  queueUrl: string,
  work: Work,
  settings: Partial<SqsSource> = {},
): { events: unknown[]; poller: EventSourceRunner } {
  const events: unknown[] = [];
  const invoke = async (event: unknown): Promise<InvocationOutcome> => {
    events.push(event);
    const records: { body: string; messageId: string }[] = Object(event).Records;
    return work(
      records.map((record) => record.body),
      records.map((record) => record.messageId),
    );
  };
  const defaults = {
    queueArn: 'arn:aws:sqs:us-east-1:000000000000:q',
    region: 'us-east-1',
    batchSize: 10,
    concurrency: 5,
  };
  const source = { ...defaults, queueUrl, reportsFailures: false, ...settings };
  const poller = openPoller(sqs, source, invoke, (line) => log.push(line));
  pollers.push(poller);
  return { events, poller };
}

async function left(QueueUrl: string): Promise<number> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

it('retries the whole batch when the function fails', async () => {
  const queue = await queueOf('error', 'a', 'b');
  const batches: string[][] = [];
  listen(queue, (bodies) => {
    batches.push(bodies);
    return batches.length === 1 ? { payload: {}, functionError: 'Unhandled' } : { payload: null };
  });
  await until(async () => batches.length > 1 && (await left(queue)) === 0);
  expect(batches[0]).toEqual(['a', 'b']);
  expect(batches.slice(1).flat().sort()).toEqual(['a', 'b']);
});

it('with ReportBatchItemFailures retries only the reported messages', async () => {
  const queue = await queueOf('partial', 'a', 'b', 'c');
  const seen: string[][] = [];
  const work: Work = (bodies, ids) => {
    const itemIdentifier = seen.length === 0 ? ids[bodies.indexOf('b')] : undefined;
    seen.push(bodies);
    return { payload: { batchItemFailures: itemIdentifier ? [{ itemIdentifier }] : [] } };
  };
  listen(queue, work, { reportsFailures: true });
  await until(async () => seen.length > 1 && (await left(queue)) === 0);
  expect(seen).toEqual([['a', 'b', 'c'], ['b']]);
});

it('logs a message that succeeded before an earlier message of its group', async () => {
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '1' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'overtaken.fifo', Attributes }));
  for (const MessageBody of ['1', '2'])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'room' }));
  const seen: string[][] = [];
  const work: Work = (bodies, ids) => {
    const itemIdentifier = seen.push(bodies) === 1 ? ids[0] : undefined;
    return { payload: { batchItemFailures: itemIdentifier ? [{ itemIdentifier }] : [] } };
  };
  listen(QueueUrl ?? '', work, { reportsFailures: true });
  await until(() => seen.length > 1);
  expect(seen).toEqual([['1', '2'], ['1']]);
  expect(log.splice(0)).toEqual([expect.stringContaining('an earlier message of its group failed.')]);
});

it('respects the batch size and the number of concurrent batches', async () => {
  const queue = await queueOf('limits', '1', '2', '3', '4', '5', '6');
  let running = 0;
  let maximum = 0;
  const sizes: number[] = [];
  const work: Work = async (bodies) => {
    sizes.push(bodies.length);
    running += 1;
    maximum = Math.max(maximum, running);
    await sleep(50);
    running -= 1;
    return { payload: null };
  };
  listen(queue, work, { batchSize: 1, concurrency: 2 });
  await until(async () => sizes.length === 6 && (await left(queue)) === 0);
  expect([maximum, ...new Set(sizes)]).toEqual([2, 1]);
});
