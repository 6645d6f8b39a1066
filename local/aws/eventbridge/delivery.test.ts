import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { accessKeyOf } from '../caller';
import { ACCOUNT, MEMBER, REGION, type Wired, wireEventBridge } from './wired';

let wired: Wired;

beforeAll(async () => {
  wired = await wireEventBridge();
});

afterAll(() => wired.close());

const entry = (Source: string, detail: object = {}) => ({
  Source,
  DetailType: '测试',
  Detail: JSON.stringify(detail),
});

it('brings an event through a rule and a topic into a queue', async () => {
  const queue = await wired.queue('through-topic');
  const topic = await wired.topic('alerts', queue);
  await wired.rule('to-topic', { source: ['shop'], detail: { state: ['failed'] } }, { Arn: topic });
  await wired.put(entry('shop', { state: 'failed', 说明: '付款失败' }), entry('shop', { state: 'paid' }));
  const [envelope, ...more] = await wired.received(queue);
  expect(more).toEqual([]);
  const { Type, TopicArn, Message } = JSON.parse(envelope ?? '');
  expect({ Type, TopicArn }).toEqual({ Type: 'Notification', TopicArn: topic });
  expect(JSON.parse(Message)).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': '测试',
    source: 'shop',
    account: ACCOUNT,
    time: '2026-11-20T08:00:00Z',
    region: REGION,
    resources: [],
    detail: { state: 'failed', 说明: '付款失败' },
  });
});

it('tells a topic what the input transformer made of the event', async () => {
  const queue = await wired.queue('transformed');
  const topic = await wired.topic('transformed', queue);
  const InputTransformer = {
    InputPathsMap: { who: '$.detail.who', count: '$.detail.count' },
    InputTemplate: '{"text": "<who> 有 <count> 个", "count": <count>, "who": <who>}',
  };
  await wired.rule('transform', { source: ['transform'] }, { Arn: topic, InputTransformer });
  await wired.put(entry('transform', { who: '小王', count: 3 }));
  const { Message } = JSON.parse((await wired.received(queue))[0] ?? '');
  expect(JSON.parse(Message)).toEqual({ text: '小王 有 3 个', count: 3, who: '小王' });
});

it('brings an event of an AWS service to the default bus of its own account and Region', async () => {
  const queue = await wired.queue('from-aws');
  await wired.rule('health', { source: ['aws.health'] }, { Arn: queue });
  const happening = { source: 'aws.health', 'detail-type': 'AWS Health Event', detail: { service: 'EC2' } };
  const event = wired.eventBridge.emit(happening);
  wired.eventBridge.emit({ ...happening, account: '999999999999' });
  wired.eventBridge.emit({ ...happening, region: 'us-east-1' });
  expect((await wired.received(queue)).map((body) => JSON.parse(body))).toEqual([event]);
});

it('lets another process act as an AWS service with the key AWSSERVICE, and nobody else', async () => {
  const queue = await wired.queue('as-aws');
  await wired.rule('support', { source: ['aws.support'] }, { Arn: queue });
  const service = wired.clientOf(`AWSSERVICE${ACCOUNT}`);
  const { FailedEntryCount } = await service.send(new PutEventsCommand({ Entries: [entry('aws.support')] }));
  expect(FailedEntryCount).toBe(0);
  service.destroy();
  const { Entries } = await wired.put(entry('aws.support'));
  expect(Entries).toEqual([
    { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
  ]);
  expect(await wired.received(queue)).toHaveLength(1);
});

it('forwards events of a member account to the bus of another, once', async () => {
  const queue = await wired.queue('forwarded');
  await wired.events.send(new CreateEventBusCommand({ Name: 'central' }));
  const admitted = { Action: 'events:PutEvents', Principal: MEMBER, StatementId: 'member' };
  await wired.events.send(new PutPermissionCommand({ EventBusName: 'central', ...admitted }));
  const central = { EventBusName: 'central', Rule: 'all' };
  const Name = 'all';
  const EventPattern = JSON.stringify({ account: [MEMBER] });
  await wired.events.send(new PutRuleCommand({ Name, EventBusName: 'central', EventPattern }));
  const member = wired.clientOf(accessKeyOf(MEMBER), 'us-east-1');
  const busArn = `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/central`;
  const back = `arn:aws:events:us-east-1:${MEMBER}:event-bus/default`;
  const Targets = [
    { Id: 'queue', Arn: queue },
    { Id: 'back', Arn: back },
  ];
  await wired.events.send(new PutTargetsCommand({ ...central, Targets }));
  await member.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: ['member'] }) }));
  await member.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'hub', Arn: busArn }] }));
  await member.send(new PutEventsCommand({ Entries: [entry('member')] }));
  member.destroy();
  const [event, ...more] = (await wired.received(queue)).map((body) => JSON.parse(body));
  expect(more).toEqual([]);
  expect(event).toMatchObject({ source: 'member', account: MEMBER, region: 'us-east-1' });
});

it('gives up on a target after three tries, says so, and keeps the event in the dead-letter queue', async () => {
  const dead = await wired.queue('dead-letters');
  const nowhere = wired.queueArn('nowhere');
  await wired.rule('broken', { source: ['broken'] }, { Arn: nowhere, DeadLetterConfig: { Arn: dead } });
  await wired.put(entry('broken'));
  expect(JSON.parse((await wired.received(dead))[0] ?? '')).toMatchObject({ source: 'broken' });
  expect(wired.log.splice(0)).toEqual([
    expect.stringContaining(`gave up bringing an event of rule broken to ${nowhere}: QueueDoesNotExist`),
  ]);
});

it('still reaches the other targets when one is broken', async () => {
  const queue = await wired.queue('healthy');
  await wired.rule('half', { source: ['half'] }, { Arn: wired.queueArn('missing') }, { Arn: queue });
  await wired.put(entry('half'));
  expect(await wired.received(queue)).toHaveLength(1);
  expect(wired.log.splice(0)).toHaveLength(1);
});
