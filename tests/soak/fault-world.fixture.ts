import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, NO_CASE_BOT, startApplication } from '../../local/application';
import type { Room } from '../../local/chat/rooms';
import { createClock, FAST_CLOCK_RATE } from '../../local/clock';
import type { Overrides } from '../../local/stack/merge-properties';

/** The application with what a fault test needs. */
export interface FaultWorld extends Application {
  lines: string[];
  room(platform: Room['platform']): Room;
  /** Puts that many different events into the event queue, as SNS does, numbered from `from`. */
  storm(count: number, from?: number): Promise<void>;
  /** Resolves when outbox and queues are empty; throws when nothing was delivered for that many real seconds. */
  settled(seconds?: number): Promise<void>;
  deadLetters(): Promise<string[]>;
}

/**
 * The application without a case bot. Queues deliver a message again after a minute of the application's clock.
 * @param rate how many times as fast as real time the clock runs; a test of timeouts needs a slow one on a busy machine
 */
export async function openFaultWorld(
  parameters: Record<string, string> = {},
  overrides: Overrides = {},
  rate = FAST_CLOCK_RATE,
): Promise<FaultWorld> {
  const lines: string[] = [];
  const application = await startApplication({
    port: 0,
    parameters: { Language: 'en', ...NO_CASE_BOT, ...parameters },
    clock: createClock({ rate }),
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

/** An event whose title contains its number, such as `i-00042`. */
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

/** The limit counts from the last progress, so that a busy machine is only slower. */
async function settled({ stack, aws }: Application, dynamodb: DynamoDBClient, seconds: number): Promise<void> {
  let waiting = Number.POSITIVE_INFINITY;
  let deadline = 0;
  for (;;) {
    await stack.idle(seconds * 1000);
    const now = await waitingIn(dynamodb, stack.resources.OutboxTable?.ref ?? '');
    if (now === 0) return;
    if (now < waiting) deadline = performance.now() + seconds * 1000;
    else if (performance.now() > deadline) break;
    waiting = Math.min(waiting, now);
    await sleep(100);
  }
  throw new Error(`${waiting} entries still wait, ${seconds} s after the last; ${JSON.stringify(await aws.usage())}`);
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

/** The events that a room shows: one per message, and in a digest as many as its title says. */
export function accountedFor({ messages }: Pick<Room, 'messages'>): number {
  return messages.reduce((sum, { view }) => sum + (Number(/(\d+) events/.exec(view.title)?.[1]) || 1), 0);
}
