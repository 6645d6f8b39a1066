import { readFileSync } from 'node:fs';
import { type AccessRequest, isAllowed } from '../../local/aws/policy';
import { readTemplate } from '../template.fixture';
import { openPluginWorld, type PluginWorld } from './plugin-world.fixture';

const finding = JSON.parse(readFileSync('events/guardduty-crypto-mining.json', 'utf8'));
const anomaly = readFileSync('events/cost-anomaly-service.json', 'utf8');

describe.each([
  ['zh-CN', { head: '告警 · 费用异常', over: '超出预期', at: '时间' }],
  ['en', { head: 'Cost anomaly', over: 'Above expectation', at: 'Time' }],
] as const)('beside a stack that speaks %s', (Language, words) => {
  let runtime: PluginWorld;
  beforeAll(async () => {
    // Who keeps the plug-in of findings does without ours: both would tell.
    runtime = await openPluginWorld({ Language, GuardDutyMinSeverity: '10' });
  });
  afterAll(() => runtime.close());

  it('a rule with an InputTransformer deploys on our outputs, and its words are a readable message in every chat', async () => {
    const { EventBusName = '', SnsTopicArn = '' } = runtime.outputs;
    await runtime.deploy('event-rule.yaml', { EventBridgeName: EventBusName, SnsArn: SnsTopicArn });
    const rooms = await runtime.shown(() => runtime.happens(finding));
    expect(rooms.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    for (const [message] of rooms) {
      expect(message?.title).toContain('发现异常行为 (GuardDuty finding)');
      const lines = message?.text.split('\n').map((line) => line.replace(/^│/, '').trim());
      expect(lines).toEqual(
        expect.arrayContaining([
          `区域: ${runtime.application.aws.region}`,
          `名称: ${finding.detail.title}`,
          '请尽快处理！',
        ]),
      );
      expect(message?.text).toContain(words.at);
      expect(message?.text).not.toMatch(/\\n|<place>|\{"|^"|"$/);
    }
  });

  it('is still readable when a value breaks the template’s JSON, or is not there', async () => {
    const { id: _, resource: __, ...detail } = finding.detail;
    const odd = { ...finding, id: 'odd', detail: { ...detail, title: 'He said "run"', description: 'C:\\new\\table' } };
    const rooms = await runtime.shown(() => runtime.happens(odd));
    for (const [message] of rooms) {
      expect(message?.title).toContain('发现异常行为');
      expect(message?.text).toContain('He said "run"');
    }
  });

  it('Cost Anomaly Detection deploys on our output, and what it publishes is a card in every chat', async () => {
    const { SnsTopicArn = '' } = runtime.outputs;
    const deployed = await runtime.deploy('cost-anomaly.yaml', { SnsArn: SnsTopicArn });
    expect(Object.keys(deployed.resources)).toEqual(['ServiceMonitor', 'ToChat']);
    const rooms = await runtime.shown(() => runtime.application.send(anomaly));
    expect(rooms.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1]);
    for (const [message] of rooms) {
      expect(message?.title).toContain(`${words.head} · Amazon Elastic Compute Cloud - Compute`);
      expect(message?.text).toContain(words.over);
      expect(message?.text).toContain('$774.90 · 804 %');
    }
  });
});

describe('the topic’s policy', () => {
  let runtime: PluginWorld;
  let ours: Omit<AccessRequest, 'principal'>;
  beforeAll(async () => {
    runtime = await openPluginWorld({});
    const context = { 'aws:SourceAccount': runtime.application.aws.account };
    ours = { action: 'sns:Publish', resource: runtime.outputs.SnsTopicArn ?? '', context };
  });
  afterAll(() => runtime.close());
  const admits = async (asked: AccessRequest) => isAllowed(await runtime.policy('EventTopicPolicy'), asked);

  it('lets rules publish, and do no more', async () => {
    const principal = { service: 'events.amazonaws.com' };
    // EventBridge does not say whose rule it is.
    expect(await admits({ ...ours, principal, context: {} })).toBe(true);
    expect(await admits({ ...ours, principal, action: 'sns:Subscribe' })).toBe(false);
  });

  it('lets Cost Anomaly Detection of this account publish, and do no more', async () => {
    const principal = { service: 'costalerts.amazonaws.com' };
    expect(await admits({ ...ours, principal })).toBe(true);
    expect(await admits({ ...ours, principal, action: 'sns:Subscribe' })).toBe(false);
    expect(await admits({ ...ours, principal, context: { 'aws:SourceAccount': '999999999999' } })).toBe(false);
    expect(await admits({ ...ours, principal, context: {} })).toBe(false);
  });

  it('lets in no other service and no other account', async () => {
    expect(await admits({ ...ours, principal: { service: 'iot.amazonaws.com' } })).toBe(false);
    expect(await admits({ ...ours, principal: { account: '999999999999' } })).toBe(false);
  });

  it('lets the queue be told by this topic, and by no other', async () => {
    const queue = runtime.application.stack.resources.EventQueue?.attributes.Arn ?? '';
    const tells = async (topic: string) =>
      isAllowed(await runtime.policy('EventQueuePolicy'), {
        ...{ principal: { service: 'sns.amazonaws.com' }, action: 'sqs:SendMessage', resource: queue },
        context: { 'aws:SourceArn': topic },
      });
    expect([await tells(ours.resource), await tells(`${ours.resource}2`)]).toEqual([true, false]);
  });
});

it('the subscription is the topic that the stack names, and every plug-in asks for no more than the outputs', () => {
  const { Resources, Parameters } = readTemplate('tests/compat/cost-anomaly.yaml');
  expect(Resources.ToChat?.Properties.Subscribers).toEqual([{ Type: 'SNS', Address: { Ref: 'SnsArn' } }]);
  const asked = { ...Parameters, ...readTemplate('tests/compat/event-rule.yaml').Parameters };
  const open = Object.keys(asked).filter((name) => !('Default' in (asked[name] ?? {})));
  expect(open).toEqual(['SnsArn']);
  expect(Object.keys(readTemplate('template.yaml').Outputs)).toEqual(
    expect.arrayContaining(['EventBusName', 'SnsTopicArn']),
  );
});
