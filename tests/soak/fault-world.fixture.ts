import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, NO_CASE_BOT, startApplication } from '../../local/application';
import type { Room } from '../../local/chat/rooms';
import { createClock, FAST_CLOCK_RATE } from '../../local/clock';
import type { Overrides } from '../../local/stack/merge-properties';

/** The application, the way a fault test sees it. */
export interface FaultWorld extends Application {
  lines: string[];
  room(platform: Room['platform']): Room;
  /** Puts that many events of their own into the event queue, as SNS would; from a number on. */
  storm(count: number, from?: number): Promise<void>;
  /** Resolves when nothing waits in the outbox or a queue; throws when that takes longer than so many real seconds. */
  settled(seconds?: number): Promise<void>;
  deadLetters(): Promise<string[]>;
}

/** The notifier alone, from which a case bot would only take time. Everything runs twenty times as fast, and queues give a message back after a minute of that: three seconds. */
export async function openFaultWorld(
  parameters: Record<string, string> = {},
  overrides: Overrides = {},
): Promise<FaultWorld> {
  const lines: string[] = [];
  const application = await startApplication({
    port: 0,
    parameters: { Language: 'en', ...NO_CASE_BOT, ...parameters },
    clock: createClock({ rate: FAST_CLOCK_RATE }),
    log: (_source, line) => void lines.push(line),
    overrides: { EventQueue: { VisibilityTimeout: 60 }, DeliveryQueue: { VisibilityTimeout: 60 }, ...overrides },
  });
  const clients = clientsOf(application);
  return {
    ...application,
    lines,
    room(platform) {
      const found = application.chats.rooms.find((room) => room.platform === platform);
      if (!found) throw new Error(`There is no room on ${platform}.`);
      return found;
    },
    storm: (count, from = 0) => storm(clients.sqs, application.stack.outputs.EventQueueUrl, count, from),
    settled: (seconds = 60) => settled(application, clients.dynamodb, seconds),
    deadLetters: () => deadLetters(clients.sqs, application.stack.outputs.DeadLetterQueueUrl),
  };
}

function clientsOf({ aws }: Application) {
  const credentials = { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  const { region } = aws;
  return {
    dynamodb: new DynamoDBClient({ region, credentials, endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB, maxAttempts: 10 }),
    sqs: new SQSClient({ region, credentials, endpoint: aws.env.AWS_ENDPOINT_URL_SQS, useQueueUrlAsEndpoint: false }),
  };
}

/** An event whose title in the chat holds its number, such as `i-00042`. */
export const numbered = (number: number) => ({
  version: '0',
  id: `fault-${number}`,
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  account: '111122223333',
  region: 'us-east-1',
  time: new Date(Date.UTC(2026, 10, 25, 2, 0, number)).toISOString(),
  resources: [],
  detail: { 'instance-id': nameOf(number), state: 'stopped' },
});

export const nameOf = (number: number): string => `i-${String(number).padStart(5, '0')}`;

async function storm(sqs: SQSClient, QueueUrl: string | undefined, count: number, from: number): Promise<void> {
  for (let first = 0; first < count; first += 10) {
    const numbers = Array.from({ length: Math.min(10, count - first) }, (_, index) => from + first + index);
    const Entries = numbers.map((number) => ({ Id: String(number), MessageBody: JSON.stringify(numbered(number)) }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  }
}

async function settled({ stack, aws }: Application, dynamodb: DynamoDBClient, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  const left = () => deadline - performance.now();
  let waiting = Infinity;
  while (left() > 0) {
    await stack.idle(left());
    waiting = await waitingIn(dynamodb, stack.resources.OutboxTable?.ref ?? '');
    if (waiting === 0) return;
    await sleep(100);
  }
  throw new Error(`${waiting} entries still wait after ${seconds} s; ${JSON.stringify(await aws.usage())}`);
}

async function waitingIn(dynamodb: DynamoDBClient, TableName: string): Promise<number> {
  const { Count = 0, LastEvaluatedKey } = await dynamodb.send(
    new ScanCommand({ TableName, FilterExpression: 'attribute_exists(waiting)', ConsistentRead: true }),
  );
  return LastEvaluatedKey ? Count + 1 : Count;
}

async function deadLetters(sqs: SQSClient, QueueUrl: string | undefined): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '' }) => Body);
}

/** What a room shows, as a person would count it: a message is one event, a digest as many as its title says. */
export function accountedFor({ messages }: Pick<Room, 'messages'>): number {
  return messages.reduce((sum, { view }) => sum + (Number(/(\d+) events/.exec(view.title)?.[1]) || 1), 0);
}
