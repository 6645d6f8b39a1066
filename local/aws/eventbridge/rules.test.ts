import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { ACCOUNT, REGION, type Wired, wireEventBridge } from './wired';

let wired: Wired;

beforeAll(async () => {
  wired = await wireEventBridge();
});

afterAll(() => wired.close());

const EventPattern = '{"source":["shop"]}';
const entry = { Source: 'shop', DetailType: 'x', Detail: '{}' };

it('remembers a rule until it is deleted', async () => {
  const Name = 'kept';
  const { RuleArn } = await wired.events.send(new PutRuleCommand({ Name, EventPattern, Description: '商店' }));
  expect(RuleArn).toBe(`arn:aws:events:${REGION}:${ACCOUNT}:rule/kept`);
  const described = {
    Name,
    Arn: RuleArn,
    EventPattern,
    Description: '商店',
    State: 'ENABLED',
    EventBusName: 'default',
  };
  expect(await wired.events.send(new DescribeRuleCommand({ Name }))).toMatchObject(described);
  const { Rules } = await wired.events.send(new ListRulesCommand({ NamePrefix: 'ke' }));
  expect(Rules).toEqual([described]);
  await wired.events.send(new DeleteRuleCommand({ Name }));
  await expect(wired.events.send(new DescribeRuleCommand({ Name }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Rule kept does not exist on EventBus default.',
  });
});

it('lets a disabled rule rest, with its targets, until it is enabled', async () => {
  const queue = await wired.queue('resting');
  await wired.rule('resting', { source: ['shop'] }, { Arn: queue });
  await wired.events.send(new DisableRuleCommand({ Name: 'resting' }));
  await wired.put(entry);
  expect(await wired.received(queue)).toHaveLength(0);
  await wired.events.send(new EnableRuleCommand({ Name: 'resting' }));
  await wired.put(entry);
  expect(await wired.received(queue)).toHaveLength(1);
});

it('keeps the targets of a rule that is put again, and deletes no rule that still has some', async () => {
  const Arn = wired.queueArn('any');
  await wired.rule('busy', { source: ['nothing'] }, { Arn });
  await wired.events.send(new PutRuleCommand({ Name: 'busy', EventPattern }));
  const { Targets } = await wired.events.send(new ListTargetsByRuleCommand({ Rule: 'busy' }));
  expect(Targets).toEqual([{ Id: '0', Arn }]);
  await expect(wired.events.send(new DeleteRuleCommand({ Name: 'busy' }))).rejects.toThrow('since it has targets');
  await wired.events.send(new RemoveTargetsCommand({ Rule: 'busy', Ids: ['0'] }));
  await wired.events.send(new DeleteRuleCommand({ Name: 'busy' }));
});

it.each([
  ['a scalar where a list belongs', '{"source":"shop"}'],
  ['an empty list', '{"source":[]}'],
  ['an unknown operator', '{"source":[{"regex":"a"}]}'],
  ['text that is not JSON', '{source'],
  ['a list', '[]'],
])('refuses an event pattern with %s', async (_, pattern) => {
  const rule = new PutRuleCommand({ Name: 'refused', EventPattern: pattern });
  await expect(wired.events.send(rule)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});

it('refuses a rule that nothing could set off', async () => {
  await expect(wired.events.send(new PutRuleCommand({ Name: 'never' }))).rejects.toThrow('must be specified');
});

it('tests an event against a pattern', async () => {
  const event = {
    id: '1',
    account: ACCOUNT,
    source: 'shop',
    time: '',
    region: REGION,
    resources: [],
    'detail-type': 'x',
  };
  const test = (Event: object) =>
    wired.events.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(Event) }));
  expect((await test(event)).Result).toBe(true);
  expect((await test({ ...event, source: 'bank' })).Result).toBe(false);
  await expect(test({ source: 'shop' })).rejects.toMatchObject({ name: 'ValidationException' });
});

describe('a target', () => {
  const put = (...Targets: Target[]) => wired.events.send(new PutTargetsCommand({ Rule: 'aim', Targets }));
  const Arn = 'arn:aws:sns:eu-west-1:000000000000:t';

  beforeAll(() => wired.rule('aim', { source: ['aim'] }, { Arn }));

  it.each<[string, Omit<Target, 'Id' | 'Arn'>]>([
    ['two inputs', { Input: '{}', InputPath: '$.detail' }],
    ['a path that is none', { InputPath: 'detail' }],
    ['a template with an unknown placeholder', { InputTransformer: { InputTemplate: '"<who>"' } }],
    ['a template that is no JSON', { InputTransformer: { InputTemplate: 'hello' } }],
    ['a variable of a reserved name', { InputTransformer: { InputPathsMap: { 'aws.x': '$' }, InputTemplate: '"x"' } }],
  ])('is refused with %s', async (_, input) => {
    await expect(put({ Id: 'x', Arn, ...input })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is refused where nothing here could answer for it', async () => {
    const lambda = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
    await expect(put({ Id: 'x', Arn: lambda })).rejects.toThrow('only these are emulated');
  });

  it('is refused as the sixth of its rule', async () => {
    const sixth = ['a', 'b', 'c', 'd', 'e'].map((Id) => ({ Id, Arn }));
    await expect(put(...sixth)).rejects.toMatchObject({ name: 'LimitExceededException' });
  });
});

it('keeps rules of other buses, accounts and Regions apart', async () => {
  await wired.events.send(new CreateEventBusCommand({ Name: 'orders' }));
  await expect(wired.events.send(new CreateEventBusCommand({ Name: 'orders' }))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
  });
  const own = { Name: 'own', EventBusName: 'orders', EventPattern };
  const { RuleArn } = await wired.events.send(new PutRuleCommand(own));
  expect(RuleArn).toBe(`arn:aws:events:${REGION}:${ACCOUNT}:rule/orders/own`);
  await expect(wired.events.send(new DescribeRuleCommand({ Name: 'own' }))).rejects.toThrow('EventBus default');
  const { EventBuses } = await wired.events.send(new ListEventBusesCommand({}));
  expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'orders']);
  const abroad = wired.clientOf('AKIA111122223333CASE', 'us-east-1');
  await expect(abroad.send(new DescribeEventBusCommand({ Name: 'orders' }))).rejects.toThrow('does not exist');
  abroad.destroy();
  await wired.events.send(new DeleteEventBusCommand({ Name: 'orders' }));
  await expect(wired.events.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toThrow('default');
});
