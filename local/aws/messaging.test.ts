import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Messaging, startMessaging } from './messaging';

let messaging: Messaging;
let sqs: SQSClient;
let sns: SNSClient;
let QueueUrl: string | undefined;
let queueCount = 0;

beforeAll(async () => {
  messaging = await startMessaging('eu-west-1');
  const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
  const settings = { region: 'eu-west-1', endpoint: messaging.url, credentials };
  sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  sns = new SNSClient(settings);
});

afterAll(async () => {
  sqs.destroy();
  sns.destroy();
  await messaging.close();
});

/** Creates the queue that the functions below use, and returns its ARN. */
async function openQueue(Attributes: Record<string, string> = {}): Promise<string> {
  const QueueName = `q${++queueCount}${Attributes.FifoQueue ? '.fifo' : ''}`;
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes })));
  const { Attributes: found } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return found?.QueueArn ?? '';
}

const openFifo = (more: Record<string, string> = {}) =>
  openQueue({ FifoQueue: 'true', ContentBasedDeduplication: 'true', VisibilityTimeout: '1', ...more });

const send = (MessageBody: string, MessageGroupId?: string, MessageDeduplicationId?: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));

async function sendEach(group: string, ...bodies: string[]): Promise<void> {
  for (const body of bodies) await send(body, group);
}

async function receive(MaxNumberOfMessages = 10): Promise<Message[]> {
  const request = { QueueUrl, MaxNumberOfMessages, MessageSystemAttributeNames: ['All' as const] };
  return (await sqs.send(new ReceiveMessageCommand(request))).Messages ?? [];
}

const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
const remove = ({ ReceiptHandle }: Message) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
const hide = ({ ReceiptHandle }: Message, VisibilityTimeout: number) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

it.each([
  ['omits Subject where the publisher gives none', undefined],
  ['keeps the Subject that the publisher gives', 'ALARM: "cpu"'],
])('SNS %s', async (_, Subject) => {
  const Endpoint = await openQueue();
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `t${queueCount}` }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  const Message = '没有"Subject":null,标题';
  await sns.send(new PublishCommand({ TopicArn, Message, Subject }));
  const envelope = JSON.parse((await receive())[0]?.Body ?? '');
  expect(envelope).toMatchObject({ Type: 'Notification', TopicArn, Message });
  expect([envelope.Subject, 'Subject' in envelope]).toEqual([Subject, Subject !== undefined]);
});

it('divides a changed visibility timeout by the rate', async () => {
  await openQueue({ VisibilityTimeout: '30' });
  await send('later');
  const [first = {}] = await receive();
  messaging.setRate(20);
  await hide(first, 20);
  messaging.setRate(1);
  await messaging.advance(900);
  expect(await receive()).toEqual([]);
  await messaging.advance(100);
  expect(bodies(await receive())).toEqual(['later']);
});

describe('a FIFO queue', () => {
  it('returns several messages of a group in order, then none of the group until all are deleted', async () => {
    await openFifo({ VisibilityTimeout: '60' });
    await sendEach('a', '1', '2', '3', '4');
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

  it('makes several messages of a group visible again in order', async () => {
    await openFifo({ VisibilityTimeout: '60' });
    await sendEach('a', '1', '2', '3');
    await remove((await receive())[0] ?? {});
    expect(await receive()).toEqual([]);
    await messaging.advance(60_000);
    const again = await receive();
    expect(bodies(again)).toEqual(['2', '3']);
    for (const message of again) await hide(message, 0);
    const last = await receive();
    expect(bodies(last)).toEqual(['2', '3']);
    expect(last.map(({ Attributes }) => Attributes?.ApproximateReceiveCount)).toEqual(['3', '3']);
  });

  it('returns a message once per receive, even with a visibility timeout of 0', async () => {
    await openFifo({ VisibilityTimeout: '0' });
    await sendEach('a', '1', '2');
    expect(bodies(await receive())).toEqual(['1', '2']);
  });

  it('deduplicates within a group where the scope is the group', async () => {
    await openFifo({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    for (const group of ['a', 'b', 'a']) await send('帮助', group);
    for (const group of ['a', 'b', 'b']) await send(`in ${group}`, group, 'id-1');
    const Entries = ['a', 'c'].map((Id) => ({ Id, MessageBody: '帮助', MessageGroupId: Id }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const messages = await receive();
    expect(bodies(messages).sort()).toEqual(['in a', 'in b', '帮助', '帮助', '帮助']);
    const ids = new Set(messages.flatMap(({ Attributes }) => Attributes?.MessageDeduplicationId ?? []));
    expect([...ids].sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), 'id-1']);
  });

  it('deduplicates within the queue otherwise, for five minutes', async () => {
    await openFifo();
    for (const group of ['a', 'b']) await send('帮助', group);
    expect(await receive()).toHaveLength(1);
    await messaging.advance(301_000);
    await send('帮助', 'b');
    expect(bodies(await receive())).toContain('帮助');
  });
});
