import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { MESSAGING_ACCOUNT, type Messaging, startMessaging } from './messaging';

const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
let messaging: Messaging;
let sqs: SQSClient;
let sns: SNSClient;

beforeAll(async () => {
  messaging = await startMessaging('eu-west-1');
  const settings = { region: 'eu-west-1', endpoint: messaging.url, credentials };
  sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  sns = new SNSClient(settings);
});

afterAll(async () => {
  sqs.destroy();
  sns.destroy();
  await messaging.close();
});

async function openQueue(QueueName: string, Attributes?: Record<string, string>) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  return { QueueUrl, arn: (await sqs.send(asked)).Attributes?.QueueArn };
}

const receive = async (QueueUrl: string | undefined) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }))).Messages ?? [];

async function topicInto(QueueName: string) {
  const { QueueUrl, arn } = await openQueue(QueueName);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: QueueName }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }));
  return { QueueUrl, TopicArn };
}

it('carries a message through a queue', async () => {
  const { QueueUrl, arn } = await openQueue('plain');
  expect(arn).toBe(`arn:aws:sqs:eu-west-1:${MESSAGING_ACCOUNT}:plain`);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '你好' }));
  const [message] = await receive(QueueUrl);
  expect(message?.Body).toBe('你好');
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
});

it('moves a message that nobody can handle to the dead-letter queue', async () => {
  const dead = await openQueue('dead');
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const { QueueUrl } = await openQueue('poisoned', { RedrivePolicy, VisibilityTimeout: '0' });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  expect(await receive(QueueUrl)).toHaveLength(1);
  expect(await receive(QueueUrl)).toHaveLength(0);
  expect((await receive(dead.QueueUrl))[0]?.Body).toBe('poison');
});

it('invents no Subject for a message that was published without one', async () => {
  const { QueueUrl, TopicArn } = await topicInto('no-subject');
  await sns.send(new PublishCommand({ TopicArn, Message: '没有"Subject":null,标题' }));
  const envelope = JSON.parse((await receive(QueueUrl))[0]?.Body ?? '');
  expect(envelope).toMatchObject({ Type: 'Notification', TopicArn, Message: '没有"Subject":null,标题' });
  expect(envelope).not.toHaveProperty('Subject');
});

it('keeps the Subject that was given', async () => {
  const { QueueUrl, TopicArn } = await topicInto('subject');
  await sns.send(new PublishCommand({ TopicArn, Message: 'x', Subject: 'ALARM: "cpu"' }));
  expect(JSON.parse((await receive(QueueUrl))[0]?.Body ?? '').Subject).toBe('ALARM: "cpu"');
});

it('hides a message anew for as long as the clock has it', async () => {
  const { QueueUrl } = await openQueue('hidden', { VisibilityTimeout: '30' });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later' }));
  const [first] = await receive(QueueUrl);
  messaging.setRate(20);
  const hide = { QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 20 };
  await sqs.send(new ChangeMessageVisibilityCommand(hide));
  messaging.setRate(1);
  const again = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  expect(again.Messages?.map(({ Body }) => Body)).toEqual(['later']);
});
