import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalAws, startAws } from '../../local/aws/start-aws';
import { type Clock, createClock } from '../../local/clock';
import { compileBootstrap } from '../../local/lambda/compile-bootstrap';
import { until } from '../../local/stack/bot.fixture';
import { type Clients, createClients } from '../../local/stack/clients';
import type { StackOptions } from '../../local/stack/stack-options';
import { type Stack, startStack } from '../../local/stack/start-stack';

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters: { Email: { Type: String, Default: '' } }
Conditions: { HasEmail: !Not [!Equals [!Ref Email, '']] }
Resources:
  Events: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 360 } }
  Wakes: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 360 } }
  Alarms: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: a@example.com }] } }
  AlarmMail: { Type: AWS::SNS::Subscription, Condition: HasEmail, Properties: { TopicArn: !Ref Alarms, Protocol: email, Endpoint: !Ref Email } }
  Stuck:
    Type: AWS::CloudWatch::Alarm
    Properties: { MetricName: m, Namespace: n, Threshold: 1, Period: 60, EvaluationPeriods: 5, Statistic: Maximum,
      ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching, AlarmActions: [!Ref Alarms] }
  Outbox:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - { AttributeName: destination, AttributeType: S }
        - { AttributeName: entry, AttributeType: S }
        - { AttributeName: waiting, AttributeType: N }
      KeySchema: [{ AttributeName: destination, KeyType: HASH }, { AttributeName: entry, KeyType: RANGE }]
      LocalSecondaryIndexes:
        - IndexName: waiting
          KeySchema: [{ AttributeName: destination, KeyType: HASH }, { AttributeName: waiting, KeyType: RANGE }]
          Projection: { ProjectionType: ALL }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true }
  Notifier:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code
      Handler: index.handler
      Timeout: 60
      Events:
        Events:
          Type: SQS
          Properties: { Queue: !GetAtt Events.Arn, BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }
        Wakes:
          Type: SQS
          Properties: { Queue: !GetAtt Wakes.Arn, BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } }
        Minute: { Type: Schedule, Properties: { Schedule: rate(1 minute), Description: looks } }
        Hour: { Type: Schedule, Properties: { Schedule: rate(2 hours), Input: '{"sweep":true}' } }
        Never: { Type: Schedule, Properties: { Schedule: rate(1 minute), Enabled: false, Input: '{"never":true}' } }
`;

/** Logs its event, and sleeps for the number of milliseconds in the message. */
const CODE = `exports.handler = async (event) => {
  for (const { body, eventSourceARN } of event.Records ?? []) {
    console.log(JSON.stringify({ begin: body, queue: eventSourceARN.split('-').at(-1), pid: process.pid }));
    await new Promise((done) => setTimeout(done, Number(body.split(' ')[1] ?? 0)));
    console.log(JSON.stringify({ end: body }));
  }
  if (!event.Records) console.log(JSON.stringify(event));
};`;

let folder: string;
let bootstrap: string;
let aws: LocalAws;
let clients: Clients;
let clock: Clock;
let stack: Stack;
const logLines: Record<string, unknown>[] = [];

const SHORT_TIMEOUTS = { Events: { VisibilityTimeout: 2 }, Notifier: { Timeout: 2 } };

async function start(more: Partial<StackOptions> = {}): Promise<Stack> {
  clock = createClock();
  const log = (_source: string, line: string): number => logLines.push(JSON.parse(line));
  const given = { template: join(folder, 'template.yaml'), bootstrap, aws, environment: aws.env, log, clock };
  stack = await startStack({ ...given, stackName: `s${Math.random()}`.replace('.', ''), parameters: {}, ...more });
  return stack;
}

const send = (queue: string, MessageBody: string, DelaySeconds = 0) =>
  clients.sqs.send(new SendMessageCommand({ QueueUrl: stack.resources[queue]?.ref, MessageBody, DelaySeconds }));

const count = (key: string, value: unknown): number => logLines.filter((line) => line[key] === value).length;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebell-torture-'));
  await mkdir(join(folder, 'code'));
  await writeFile(join(folder, 'template.yaml'), TEMPLATE);
  await writeFile(join(folder, 'code/index.js'), CODE);
  [bootstrap, aws] = await Promise.all([compileBootstrap(), startAws()]);
  clients = createClients(aws);
});

afterEach(async () => {
  await stack.close();
  logLines.length = 0;
});

afterAll(async () => {
  clients.close();
  await aws.close();
  await Promise.all([folder, dirname(bootstrap)].map((path) => rm(path, { recursive: true })));
});

it('runs schedules by the clock, with EventBridge’s event or the given input', async () => {
  await start();
  const startedAt = clock.now();
  clock.rate = 12_000;
  await until(() => count('source', 'aws.events') > 1 && count('sweep', true) > 0);
  const rule = `arn:aws:events:${aws.region}:${aws.account}:rule/${stack.resources.Notifier?.ref}Minute`;
  expect(logLines.find((line) => line.source === 'aws.events')).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: aws.account,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: aws.region,
    resources: [rule],
    detail: {},
  });
  expect(logLines.filter((line) => line.sweep)).toContainEqual({ sweep: true });
  expect(Date.parse(String(logLines.find((line) => line.source)?.time))).toBeGreaterThan(startedAt + 58_000);
  expect(count('never', true)).toBe(0);
});

it('idle() does not wait for schedules', async () => {
  await start();
  await stack.idle();
  expect(logLines).toEqual([]);
});

it('processes two queues and a schedule, each queue with its maximum concurrency', async () => {
  await start();
  for (const number of [1, 2, 3, 4, 5]) await Promise.all(['Events', 'Wakes'].map((to) => send(to, `${number} 300`)));
  const running: Record<string, number> = {};
  await until(() => count('queue', 'Events') >= 2 && count('queue', 'Wakes') >= 3);
  for (const queue of ['Events', 'Wakes']) running[queue] = count('queue', queue);
  expect(running).toEqual({ Events: 2, Wakes: 3 });
  clock.rate = 600;
  await until(() => count('source', 'aws.events') > 0);
  clock.rate = 1;
  await stack.idle();
  expect([count('queue', 'Events'), count('queue', 'Wakes')]).toEqual([5, 5]);
});

it('idle() waits for delayed messages', async () => {
  await start();
  clock.rate = 10;
  await send('Wakes', 'later', 2);
  await stack.idle();
  expect(count('end', 'later')).toBe(1);
});

it('retries a message after its VisibilityTimeout when the function is killed', async () => {
  await start({ overrides: SHORT_TIMEOUTS });
  await send('Events', 'work 1500');
  await until(() => count('begin', 'work 1500') > 0);
  await stack.crash('Notifier');
  await stack.idle();
  expect([count('begin', 'work 1500'), count('end', 'work 1500')]).toEqual([2, 1]);
  expect(new Set(logLines.flatMap(({ pid }) => pid ?? [])).size).toBe(2);
  await expect(stack.crash('Notifer')).rejects.toThrow('The stack has no function Notifer.');
});

it('accepts an alarm, an e-mail subscription and a table with a sparse local index', async () => {
  await start({ parameters: { Email: 'b@example.com' } });
  const asked = new DescribeTableCommand({ TableName: stack.resources.Outbox?.ref });
  const { Table } = await clients.dynamodb.send(asked);
  expect(Table?.LocalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['waiting']);
  expect(stack.resources.AlarmMail?.ref).toContain(`${stack.resources.Alarms?.ref}:`);
});

it.each([
  [{ Notifer: { Timeout: 5 } }, 'overrides: the template has no resource Notifer.'],
  [{ Notifier: { Timeuot: 5 } }, 'Notifier (AWS::Serverless::Function): Timeuot: not supported by the local stack.'],
  [{ Notifier: { Events: { Minute: { Properties: { Schedule: 'rate(1 minutes)' } } } } }, 'rate(1 minutes) is not sup'],
  [{ Notifier: { Events: { Minute: { Properties: { Schedule: 'cron(0 8 * * ? *)' } } } } }, 'give a rate'],
  [{ Notifier: { Events: { Hour: { Properties: { Input: '{' } } } } }, 'Input is not valid JSON.'],
])('rejects %j', async (overrides, words) => {
  await expect(start({ overrides })).rejects.toThrow(words);
});
