import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessKeyOf } from './caller';
import { type EventBridge, startEventBridge } from './eventbridge';
import { MESSAGING_ACCOUNT, type Messaging, queueUrl, startMessaging } from './messaging';

const [ACCOUNT, MEMBER, OUTSIDER] = ['111122223333', '444455556666', '999999999999'];
const REGION = 'eu-west-1';
const BUS = `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`;
const ORGANIZATION = { id: 'o-a1b2c3d4e5', accounts: [ACCOUNT, MEMBER] };
const NOW = Date.parse('2026-11-20T08:00:00.999Z');
const UNKNOWN_QUEUE = `arn:aws:sqs:${REGION}:${MESSAGING_ACCOUNT}:unknown`;

const log: string[] = [];
const clients: { destroy(): void }[] = [];
let messaging: Messaging;
let eventBridge: EventBridge;
let sqs: SQSClient;
let sns: SNSClient;
let events: EventBridgeClient;
let queueCount = 0;

const settings = (accessKeyId: string) => ({ region: REGION, credentials: { accessKeyId, secretAccessKey: 'x' } });

function keep<T extends { destroy(): void }>(client: T): T {
  clients.push(client);
  return client;
}

const clientOf = (accessKey: string, region = REGION) =>
  keep(new EventBridgeClient({ ...settings(accessKey), region, endpoint: eventBridge.url }));

beforeAll(async () => {
  messaging = await startMessaging(REGION);
  const context = { account: ACCOUNT, now: () => NOW, log: (line: string) => void log.push(line) };
  eventBridge = await startEventBridge(context, REGION, messaging.url, ORGANIZATION);
  events = clientOf(accessKeyOf(ACCOUNT));
  sqs = keep(new SQSClient({ ...settings('AKIA'), endpoint: messaging.url, useQueueUrlAsEndpoint: false }));
  sns = keep(new SNSClient({ ...settings('AKIA'), endpoint: messaging.url }));
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await eventBridge.close();
  await messaging.close();
});

/** Creates a queue and returns its ARN. */
async function createQueue(): Promise<string> {
  const QueueName = `queue-${++queueCount}`;
  await sqs.send(new CreateQueueCommand({ QueueName }));
  return `arn:aws:sqs:${REGION}:${MESSAGING_ACCOUNT}:${QueueName}`;
}

async function createTopic(Endpoint: string): Promise<string> {
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `topic-${queueCount}` }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return TopicArn;
}

async function received(queue: string): Promise<string[]> {
  await eventBridge.idle();
  const QueueUrl = queueUrl(messaging.url, queue);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => Body);
}

const putTargets = (Rule: string, Targets: Target[], client = events) =>
  client.send(new PutTargetsCommand({ Rule, Targets }));

/** A rule for events of one source. */
async function putRule(source: string, targets: Omit<Target, 'Id'>[], client = events): Promise<void> {
  await client.send(new PutRuleCommand({ Name: source, EventPattern: JSON.stringify({ source: [source] }) }));
  await putTargets(
    source,
    targets.map((target, index) => ({ Id: String(index), ...target }) as Target),
    client,
  );
}

const entry = (Source: string, detail: object = {}, more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source,
  DetailType: '测试',
  Detail: JSON.stringify(detail),
  ...more,
});
const putEvents = (...Entries: PutEventsRequestEntry[]) => events.send(new PutEventsCommand({ Entries }));
const putAs = (client: EventBridgeClient, ...Entries: PutEventsRequestEntry[]) =>
  client.send(new PutEventsCommand({ Entries }));

describe('delivery', () => {
  it('sends a matching event through a topic into a queue', async () => {
    const queue = await createQueue();
    const topic = await createTopic(queue);
    const EventPattern = JSON.stringify({ source: ['shop'], detail: { state: ['failed'] } });
    await events.send(new PutRuleCommand({ Name: 'shop', EventPattern }));
    await putTargets('shop', [{ Id: 'topic', Arn: topic }]);
    const Time = new Date('2020-01-02T03:04:05.678Z');
    const failed = entry('shop', { state: 'failed', 说明: '付款失败' }, { Time, Resources: ['arn:aws:s3:::a'] });
    await putEvents(failed, entry('shop', { state: 'paid' }));
    const [envelope, ...more] = await received(queue);
    expect(more).toEqual([]);
    const { Type, TopicArn, Message } = JSON.parse(envelope ?? '');
    expect({ Type, TopicArn }).toEqual({ Type: 'Notification', TopicArn: topic });
    expect(JSON.parse(Message)).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': '测试',
      source: 'shop',
      account: ACCOUNT,
      time: '2020-01-02T03:04:05Z',
      region: REGION,
      resources: ['arn:aws:s3:::a'],
      detail: { state: 'failed', 说明: '付款失败' },
    });
  });

  it('puts an AWS service’s event on the default bus of its own account and Region', async () => {
    const queue = await createQueue();
    await putRule('aws.health', [{ Arn: queue }]);
    const input = { source: 'aws.health', 'detail-type': 'AWS Health Event', detail: { service: 'EC2' } };
    const event = eventBridge.emit(input);
    expect(event.time).toBe('2026-11-20T08:00:00Z');
    eventBridge.emit({ ...input, account: OUTSIDER });
    eventBridge.emit({ ...input, region: 'us-east-1' });
    expect((await received(queue)).map((body) => JSON.parse(body))).toEqual([event]);
  });

  it('skips a disabled rule and keeps its targets', async () => {
    const queue = await createQueue();
    await putRule('paused', [{ Arn: queue }]);
    const rule = { Name: 'paused', EventPattern: '{"source":["paused"]}' };
    await events.send(new PutRuleCommand({ ...rule, State: 'DISABLED' }));
    await putEvents(entry('paused'));
    expect(await received(queue)).toEqual([]);
    await events.send(new PutRuleCommand(rule));
    await putEvents(entry('paused'));
    expect(await received(queue)).toHaveLength(1);
  });

  it('moves an event to the dead-letter queue after three failures and still reaches the other targets', async () => {
    const [deadLetters, queue] = [await createQueue(), await createQueue()];
    await putRule('broken', [{ Arn: UNKNOWN_QUEUE, DeadLetterConfig: { Arn: deadLetters } }, { Arn: queue }]);
    await putEvents(entry('broken'));
    for (const target of [deadLetters, queue])
      expect(JSON.parse((await received(target))[0] ?? '')).toMatchObject({ source: 'broken' });
    expect(log.splice(0)).toEqual([
      expect.stringContaining(`rule broken could not deliver an event to ${UNKNOWN_QUEUE}: QueueDoesNotExist`),
    ]);
  });
});

describe('the bus of another account', () => {
  const policy = {
    Sid: 'organization',
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: BUS,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } },
  };
  const RoleArn = `arn:aws:iam::${MEMBER}:role/forwarder`;
  const shared = entry('shared', {}, { EventBusName: BUS });
  let queue: string;
  let member: EventBridgeClient;
  let outsider: EventBridgeClient;

  beforeAll(async () => {
    queue = await createQueue();
    await putRule('shared', [{ Arn: queue }, { Arn: BUS.replace(ACCOUNT, MEMBER) }]);
    await events.send(new PutPermissionCommand({ Policy: JSON.stringify({ Statement: [policy] }) }));
    [member, outsider] = [clientOf(accessKeyOf(MEMBER), 'us-east-1'), clientOf(accessKeyOf(OUTSIDER))];
  });

  async function forwarded(client: EventBridgeClient, more: object): Promise<string[]> {
    await putRule('shared', [{ Arn: BUS, ...more }], client);
    await putAs(client, entry('shared'));
    return received(queue);
  }

  it('accepts the organization’s accounts and rejects others', async () => {
    await putAs(member, shared);
    expect(await received(queue)).toHaveLength(1);
    await expect(putAs(outsider, shared)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    log.length = 0;
  });

  it('accepts an event that a member’s rule forwards with a role, once', async () => {
    const [event, ...more] = await forwarded(member, { RoleArn });
    expect(more).toEqual([]);
    expect(JSON.parse(event ?? '')).toMatchObject({ account: MEMBER, region: 'us-east-1' });
  });

  it('rejects an event that a rule forwards without a role or from outside, and dead-letters it', async () => {
    const deadLetters = await createQueue();
    expect(await forwarded(member, { DeadLetterConfig: { Arn: deadLetters } })).toEqual([]);
    expect(await received(deadLetters)).toHaveLength(1);
    expect(await forwarded(outsider, { RoleArn })).toEqual([]);
    expect(log.splice(0)).toEqual([expect.stringContaining(MEMBER), expect.stringContaining(OUTSIDER)]);
  });

  it('accepts an account that a statement names', async () => {
    const statement = { StatementId: 'one', Action: 'events:PutEvents', Principal: OUTSIDER };
    await events.send(new PutPermissionCommand(statement));
    await putAs(outsider, shared);
    expect(await received(queue)).toHaveLength(1);
    log.length = 0;
  });
});

describe('PutEvents', () => {
  it('accepts each entry on its own', async () => {
    const { FailedEntryCount, Entries } = await putEvents(entry('x'), entry('x', {}, { Detail: '[]' }), entry('x'));
    expect(FailedEntryCount).toBe(1);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'MalformedDetail', undefined]);
    expect(Entries?.[0]?.EventId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, PutEventsRequestEntry, string, string]>([
    ['no source', { Source: undefined }, 'InvalidArgument', 'Source is a required argument'],
    ['no detail type', { DetailType: undefined }, 'InvalidArgument', 'DetailType is a required argument'],
    ['no detail', { Detail: undefined }, 'InvalidArgument', 'Detail is a required argument'],
    ['a detail that is not JSON', { Detail: '{state' }, 'MalformedDetail', 'malformed'],
    ['a detail that is a string', { Detail: '"x"' }, 'MalformedDetail', 'malformed'],
    ['a source of AWS', { Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized'],
    ['an unknown bus', { EventBusName: 'unknown' }, 'ResourceNotFoundException', 'unknown does not exist'],
  ])('rejects an entry with %s', async (_, more, ErrorCode, message) => {
    const { FailedEntryCount, Entries } = await putEvents(entry('x', {}, more));
    expect(FailedEntryCount).toBe(1);
    expect(Entries).toEqual([{ ErrorCode, ErrorMessage: expect.stringContaining(message) }]);
  });

  it('accepts an AWS source from the access key AWSSERVICE', async () => {
    const { FailedEntryCount } = await putAs(clientOf(`AWSSERVICE${ACCOUNT}`), entry('aws.support'));
    expect(FailedEntryCount).toBe(0);
  });
});

describe('PutRule and PutTargets', () => {
  it.each(['{"source":[{"regex":"a"}]}', '{source', '[]'])('reject the event pattern %s', async (EventPattern) => {
    const rule = new PutRuleCommand({ Name: 'rejected', EventPattern });
    await expect(events.send(rule)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
  });

  it.each<[string, Partial<Target>]>([
    ['not emulated', { Input: '{}' }],
    ['not emulated', { InputPath: '$.detail' }],
    ['placeholder', { InputTransformer: { InputTemplate: '"<who>"' } }],
    ['neither', { InputTransformer: { InputTemplate: 'hello' } }],
    ['must not begin with AWS', { InputTransformer: { InputPathsMap: { 'aws.x': '$' }, InputTemplate: '"x"' } }],
    ['emulated', { Arn: 'arn:aws:lambda:eu-west-1:1:function:f' }],
  ])('reject with "%s" the target %j', async (message, more) => {
    await putRule('rejected', []);
    const rejected = putTargets('rejected', [{ Id: 'x', Arn: UNKNOWN_QUEUE, ...more }]);
    await expect(rejected).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('reject a rule without a pattern, a sixth target and an unknown rule', async () => {
    await expect(events.send(new PutRuleCommand({ Name: 'never' }))).rejects.toThrow('must be specified');
    const targets = ['a', 'b', 'c', 'd', 'e', 'f'].map((Id) => ({ Id, Arn: UNKNOWN_QUEUE }));
    await putRule('full', []);
    await expect(putTargets('full', targets)).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(putTargets('unknown', targets)).rejects.toThrow('Rule unknown does not exist on EventBus default.');
  });
});
