import type { CreatedResource } from './context';
import { resolveValue } from './intrinsics';
import { createPlan, type Plan } from './plan';
import type { Template } from './template';

const IDENTITY = { stackName: 'team', account: '111122223333', region: 'cn-north-1' };
const EMPTY = { folder: '.', parameters: {}, rules: {}, conditions: {}, globals: {}, outputs: {} };

function queue(properties: Record<string, unknown> = {}, more: { condition?: string; dependsOn?: string[] } = {}) {
  return { type: 'AWS::SQS::Queue', properties, dependsOn: [], ...more };
}

function plan(template: Partial<Template>, given: Record<string, string> = {}): Plan {
  return createPlan({ ...EMPTY, resources: {}, ...template }, given, IDENTITY);
}

const QUEUE: CreatedResource = { ref: 'http://queue', attributes: { Arn: 'arn:queue' } };

function found(expression: unknown, template: Partial<Template> = {}, given: Record<string, string> = {}): unknown {
  return resolveValue(expression, plan(template, given).scope(new Map([['Queue', QUEUE]])));
}

it('knows the rules that SAM generates for schedules', () => {
  const Events = { Sweep: { Type: 'Schedule', Properties: {} }, Queue: { Type: 'SQS', Properties: {} } };
  const Clock = { type: 'AWS::Serverless::Function', properties: { Events }, dependsOn: [] };
  const resources = { Clock };
  expect(found({ Ref: 'ClockSweep' }, { resources })).toBe('team-ClockSweep');
  expect(found({ 'Fn::GetAtt': 'ClockSweep.Arn' }, { resources })).toMatch(
    /^arn:aws-cn:events:.*rule\/team-ClockSweep$/,
  );
  expect(() => found({ Ref: 'ClockQueue' }, { resources })).toThrow('no parameter or resource ClockQueue');
});

it.each([
  [{ Ref: 'AWS::Partition' }, 'aws-cn'],
  [
    { 'Fn::Sub': `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${!Literal}` },
    `https://sqs.cn-north-1.amazonaws.com.cn/\${Literal}`,
  ],
  [
    { 'Fn::Sub': [`\${own}/\${Queue.Arn}/\${Queue}`, { own: { Ref: 'AWS::StackName' } }] },
    'team/arn:queue/http://queue',
  ],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
  [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
  [{ 'Fn::Join': ['-', ['a', 1, { Ref: 'AWS::AccountId' }]] }, 'a-1-111122223333'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
  [
    { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 'x'] },
    { kept: 1, list: ['x'] },
  ],
])('evaluates %j', (expression, value) => {
  expect(found(expression)).toEqual(value);
});

it.each([
  [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not supported by the local stack'],
  [{ Ref: 'Qeue' }, 'There is no parameter or resource Qeue'],
  [{ 'Fn::GetAtt': ['Queue', 'Arm'] }, 'Queue has no attribute Arm, but Arn'],
  [{ 'Fn::Select': [2, ['a']] }, 'there is no item 2'],
  [{ 'Fn::If': ['Unknown', 1, 2] }, 'There is no condition Unknown'],
])('rejects %j', (expression, message) => {
  expect(() => found(expression)).toThrow(message);
});

it('evaluates conditions of conditions and compares a number as text', () => {
  const template = {
    parameters: { Level: { Type: 'Number', Default: 5 }, Name: { Type: 'String', Default: '' } },
    conditions: {
      Loud: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Level' }, 5] }, { 'Fn::Not': [{ Condition: 'Named' }] }] },
      Named: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Name' }, ''] }] },
    },
  };
  const loud = { 'Fn::If': ['Loud', 'loud', 'quiet'] };
  expect([found(loud, template), found(loud, template, { Name: '值班' })]).toEqual(['loud', 'quiet']);
});

it('rejects a condition that depends on itself', () => {
  const conditions = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
  expect(() => found({ 'Fn::If': ['A', 1, 2] }, { conditions })).toThrow('depends on itself');
});

it('orders resources by their dependencies in selected branches', () => {
  const resources = {
    Last: queue({ RedrivePolicy: { target: { 'Fn::GetAtt': ['Middle', 'Arn'] } } }, { dependsOn: ['Side'] }),
    Middle: queue({ QueueName: { 'Fn::Sub': `\${First.QueueName}-x` } }),
    First: queue({ QueueName: { 'Fn::If': ['Never', { Ref: 'Last' }, 'first'] } }),
    Side: queue({ QueueName: { 'Fn::If': ['Never', { Ref: 'Absent' }, { Ref: 'Middle' }] } }),
    Absent: queue({}, { condition: 'Never' }),
  };
  const { order } = plan({ resources, conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } });
  expect([...order.keys()]).toEqual(['First', 'Middle', 'Side', 'Last']);
  expect(order.get('Last')).toEqual(['Middle', 'Side']);
});

it('rejects a reference to a resource whose condition is false', () => {
  const template = {
    resources: { Absent: queue({}, { condition: 'Never' }) },
    conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
  };
  expect(() => found({ Ref: 'Absent' }, template)).toThrow('its condition Never is false');
});

it('rejects a circular dependency', () => {
  const resources = { A: queue({ x: { Ref: 'B' } }), B: queue({ x: { 'Fn::Sub': `\${A.Arn}` } }) };
  expect(() => plan({ resources })).toThrow('Circular dependency: A needs B needs A.');
});

it('merges Globals into a function, whose values override them', () => {
  const own = { Timeout: 9, Layers: ['b'], Environment: { Variables: { A: '2' } } };
  const resources = { Bot: { type: 'AWS::Serverless::Function', properties: own, dependsOn: [] } };
  const globals = {
    Function: { Timeout: 3, Layers: ['a'], MemorySize: 512, Environment: { Variables: { A: '1', B: '1' } } },
  };
  expect(plan({ resources, globals }).resources.Bot?.properties).toEqual({
    Timeout: 9,
    Layers: ['a', 'b'],
    MemorySize: 512,
    Environment: { Variables: { A: '2', B: '1' } },
  });
});

it('reports violated rules with their descriptions', () => {
  const parameters = { Url: { Type: 'String', Default: '' }, Kind: { Type: 'String', Default: 'slack' } };
  const rules = {
    Needed: {
      RuleCondition: { 'Fn::Equals': [{ Ref: 'Kind' }, 'slack'] },
      Assertions: [
        { Assert: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Url' }, ''] }] }, AssertDescription: 'Slack 需要一个地址' },
        { Assert: { 'Fn::Contains': [['slack', 'teams'], { Ref: 'Kind' }] }, AssertDescription: 'unknown kind' },
      ],
    },
  };
  expect(() => plan({ parameters, rules })).toThrow(/^Slack 需要一个地址$/);
  expect(() => plan({ parameters, rules }, { Kind: 'lark' })).not.toThrow();
});
