import { type AccessRequest, isAllowed, type Statement } from '../../local/aws/policy';
import { resolveValue } from '../../local/stack/intrinsics';
import { createPlan } from '../../local/stack/plan';
import { readTemplate } from '../../local/stack/template';
import { countsOf, eventFile, type NotifierWorld, PARAMETERS, textOf } from './notifier-world.fixture';

const FOLDER = 'tests/worlds/plugin-stacks';
const ONCE_EACH = [1, 1, 1, 1, 1];

/** Stacks that users of older notifiers have deployed: they work over the outputs of this one. */
export function describePluginStacks(world: () => NotifierWorld): void {
  const finding = JSON.parse(eventFile('guardduty-crypto-mining'));
  const emit = (event: typeof finding) => () => {
    const { account, region } = world().aws;
    world().aws.emit({ ...event, account, region });
  };

  it('a rule with an InputTransformer deploys on the outputs, and its text is a readable message', async () => {
    const { EventBusName = '', SnsTopicArn = '' } = world().stack.outputs;
    await world().deploy(`${FOLDER}/event-rule.yaml`, { EventBridgeName: EventBusName, SnsArn: SnsTopicArn });
    const shown = await world().during(emit(finding));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    for (const [message] of shown.values()) {
      expect(message?.view.title).toContain('发现异常行为 (GuardDuty finding)');
      const lines = message?.view.lines
        .join('\n')
        .split('\n')
        .map((line) => line.replace(/^│/, '').trim());
      expect(lines).toEqual(
        expect.arrayContaining([`区域: ${world().aws.region}`, `名称: ${finding.detail.title}`, '请尽快处理！']),
      );
      expect(lines?.join('\n')).not.toMatch(/\\n|<place>|\{"|^"|"$/);
    }
  });

  it('the message is readable when a value breaks the template’s JSON or is missing', async () => {
    const { id: _, resource: __, ...detail } = finding.detail;
    const odd = { ...finding, id: 'odd', detail: { ...detail, title: 'He said "run"', description: 'C:\\new\\table' } };
    for (const messages of (await world().during(emit(odd))).values()) {
      expect(textOf(messages)).toContain('发现异常行为');
      expect(textOf(messages)).toContain('He said "run"');
    }
  });

  it('Cost Anomaly Detection deploys on the output, and its message is a card', async () => {
    const { SnsTopicArn = '' } = world().stack.outputs;
    const deployed = await world().deploy(`${FOLDER}/cost-anomaly.yaml`, { SnsArn: SnsTopicArn });
    expect(Object.keys(deployed.resources)).toEqual(['ServiceMonitor', 'ToChat']);
    const shown = await world().during(() => world().send(eventFile('cost-anomaly-service')));
    expect(countsOf(shown)).toEqual(ONCE_EACH);
    for (const messages of shown.values()) {
      expect(textOf(messages)).toContain('告警 · 费用异常 · Amazon Elastic Compute Cloud - Compute');
      expect(textOf(messages)).toContain('$774.90 · 804 %');
    }
  });

  describe('the topic’s policy', () => {
    const statementsOf = async (id: string): Promise<Statement[]> => {
      const { aws, stack } = world();
      const identity = { stackName: 'casebell', account: aws.account, region: aws.region };
      const given = { WebhookUrl: 'https://chat.example', ...PARAMETERS };
      const plan = createPlan(await readTemplate('template.yaml'), given, identity);
      const properties = resolveValue(
        plan.resources[id]?.properties,
        plan.scope(new Map(Object.entries(stack.resources))),
      );
      return (properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement;
    };
    const admits = async (principal: AccessRequest['principal'], more: Partial<AccessRequest> = {}) =>
      isAllowed(await statementsOf('EventTopicPolicy'), {
        action: 'sns:Publish',
        resource: world().stack.outputs.SnsTopicArn ?? '',
        context: { 'aws:SourceAccount': world().aws.account },
        principal,
        ...more,
      });
    const [events, costs] = [{ service: 'events.amazonaws.com' }, { service: 'costalerts.amazonaws.com' }];
    const subscribe = { action: 'sns:Subscribe' };

    it('isAllowed rules to publish, and nothing else', async () => {
      // EventBridge does not name the rule's account when it publishes.
      expect(await admits(events, { context: {} })).toBe(true);
      expect(await admits(events, subscribe)).toBe(false);
    });

    it('isAllowed Cost Anomaly Detection of this account to publish, and nothing else', async () => {
      expect(await admits(costs)).toBe(true);
      expect(await admits(costs, subscribe)).toBe(false);
      expect(await admits(costs, { context: { 'aws:SourceAccount': '999999999999' } })).toBe(false);
      expect(await admits(costs, { context: {} })).toBe(false);
    });

    it('denies other services and other accounts', async () => {
      expect(await admits({ service: 'iot.amazonaws.com' })).toBe(false);
      expect(await admits({ account: '999999999999' })).toBe(false);
    });

    it('the queue accepts messages of this topic only', async () => {
      const statements = await statementsOf('EventQueuePolicy');
      const resource = world().stack.resources.EventQueue?.attributes.Arn ?? '';
      const accepts = (topic: string) =>
        isAllowed(statements, {
          ...{ principal: { service: 'sns.amazonaws.com' }, action: 'sqs:SendMessage', resource },
          context: { 'aws:SourceArn': topic },
        });
      const topic = world().stack.outputs.SnsTopicArn ?? '';
      expect([accepts(topic), accepts(`${topic}2`)]).toEqual([true, false]);
    });
  });
}
