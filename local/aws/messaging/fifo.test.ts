import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Listener } from '../listener';
import { startMessaging } from '../messaging';

let messaging: Listener;
let sqs: SQSClient;
let QueueUrl: string | undefined;
let queues = 0;

beforeAll(async () => {
  messaging = await startMessaging('us-east-1');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  sqs = new SQSClient({ region: 'us-east-1', endpoint: messaging.url, credentials, useQueueUrlAsEndpoint: false });
});

afterAll(async () => {
  sqs.destroy();
  await messaging.close();
});

async function open(more: Record<string, string> = {}): Promise<void> {
  const Attributes = { FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '1', ...more };
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `q${++queues}.fifo`, Attributes })));
}

const send = (MessageBody: string, MessageGroupId: string, MessageDeduplicationId?: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));

async function receive(MaxNumberOfMessages = 10, WaitTimeSeconds = 0): Promise<Message[]> {
  const asked = { QueueUrl, MaxNumberOfMessages, WaitTimeSeconds, MessageSystemAttributeNames: ['All' as const] };
  return (await sqs.send(new ReceiveMessageCommand(asked))).Messages ?? [];
}

const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
const remove = ({ ReceiptHandle }: Message) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

it('hands out several messages of a group, in their order, and then nothing of it until all are gone', async () => {
  await open();
  for (const number of ['1', '2', '3', '4']) await send(number, 'a');
  const first = await receive(3);
  expect(bodies(first)).toEqual(['1', '2', '3']);
  await send('other', 'b');
  expect(bodies(await receive())).toEqual(['other']);
  for (const message of first) {
    expect(await receive()).toEqual([]);
    await remove(message);
  }
  expect(bodies(await receive())).toEqual(['4']);
});

it('brings several messages of a group back in their order', async () => {
  await open();
  for (const number of ['1', '2', '3']) await send(number, 'a');
  const first = await receive();
  await remove(first[0] ?? {});
  expect(await receive()).toEqual([]);
  const again = await receive(10, 2);
  expect(bodies(again)).toEqual(['2', '3']);
  for (const { ReceiptHandle } of again)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  const last = await receive();
  expect(bodies(last)).toEqual(['2', '3']);
  expect(last.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(['3', '3']);
});

it('hands a message out once a receive, even when it is visible again at once', async () => {
  await open({ VisibilityTimeout: '0' });
  for (const number of ['1', '2']) await send(number, 'a');
  expect(bodies(await receive())).toEqual(['1', '2']);
});

it('is a message of its own in each group, where ids count in their group only', async () => {
  await open({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
  for (const group of ['a', 'b', 'a']) await send('帮助', group);
  for (const group of ['a', 'b', 'b']) await send(`in ${group}`, group, 'id-1');
  const Entries = ['a', 'c'].map((Id) => ({ Id, MessageBody: '帮助', MessageGroupId: Id }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const messages = await receive();
  expect(bodies(messages).sort()).toEqual(['in a', 'in b', '帮助', '帮助', '帮助']);
  const ids = new Set(messages.flatMap(({ Attributes }) => Attributes?.MessageDeduplicationId ?? []));
  expect([...ids].sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'id-1']);
});

it('is one message where ids count in the whole queue', async () => {
  await open();
  for (const group of ['a', 'b']) await send('帮助', group);
  expect(await receive()).toHaveLength(1);
});

it('delays every message by as much, and keeps their order', async () => {
  await open({ DelaySeconds: '1' });
  for (const number of ['1', '2']) await send(number, 'a');
  expect(await receive()).toEqual([]);
  await sleep(1050);
  expect(bodies(await receive())).toEqual(['1', '2']);
});
