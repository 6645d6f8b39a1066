import { readdirSync } from 'node:fs';
import { MAX_ATTEMPTS } from '../../functions/case-bot/conversation/process-message';
import { LEASE_MS } from '../../functions/case-bot/domain/case-store';
import type { Formatter } from '../../plugins/formatter';
import { actionsOf, readTemplate } from './template.fixture';

const template = readTemplate('template.yaml');
const allRules = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');
/** Of the notifier: the case bot's own rule brings it what AWS says of cases. */
const rules = allRules.filter(([id]) => id !== 'CaseUpdateRule').map(([, rule]) => rule);

function patternOf(rule: (typeof rules)[number]): Record<string, unknown> {
  const pattern = rule.Properties.EventPattern as Record<string, unknown>;
  return typeof pattern.Sub === 'string' ? JSON.parse(pattern.Sub.replace(/\$\{\w+\}/g, '0')) : pattern;
}

const plugins = readdirSync('plugins', { withFileTypes: true }).filter((entry) => entry.isDirectory());

const typesOf = (pattern: Record<string, unknown>): string[] => {
  const types = (pattern['detail-type'] ?? []) as string[];
  return types.map((type) => `${pattern.source}: ${type}`);
};
const known = plugins.flatMap(({ name }) => {
  const { default: formatter }: { default: Formatter } = require(`../../plugins/${name}/formatter`);
  return typesOf(formatter.pattern);
});

it('the rules let in what the formatters know, and nothing that would only fall back', () => {
  const keptOut = ['aws.guardduty: GuardDuty Runtime Protection Healthy'];
  const letIn = rules.map(patternOf).flatMap(typesOf);
  expect(letIn.sort()).toEqual(known.filter((type) => !keptOut.includes(type)).sort());
});

it('every rule tells the topic', () => {
  for (const { Properties } of rules)
    expect(Properties.Targets).toEqual([{ Id: 'EventTopic', Arn: { Ref: 'EventTopic' } }]);
});

it('what is secret stands in no environment variable', () => {
  const secrets = Object.keys(template.Parameters).filter((name) => template.Parameters[name]?.NoEcho);
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Serverless::Function');
  const variables = JSON.stringify(functions.map(({ Properties }) => Properties.Environment));
  expect(functions).toHaveLength(3);
  for (const name of secrets) expect(variables).not.toMatch(new RegExp(`"Ref":"${name}"|\\$\\{${name}\\}`));
});

it('the case queues hide a message for longer than a claim on it lasts, and that lasts longer than the worker may run', () => {
  const { CaseQueue, CaseUpdateQueue, CaseWorker } = template.Resources;
  expect(CaseQueue?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: MAX_ATTEMPTS });
  for (const queue of [CaseQueue, CaseUpdateQueue])
    expect(Number(queue?.Properties.VisibilityTimeout)).toBeGreaterThan(LEASE_MS / 1000);
  expect(LEASE_MS / 1000).toBeGreaterThan(Number(CaseWorker?.Properties.Timeout));
});

it('an alarm watches the worker of the case bot, and sees two polls in a row that fail', () => {
  const { CaseWorkerAlarm } = template.Resources;
  const { MetricName, Dimensions, Period, EvaluationPeriods } = CaseWorkerAlarm?.Properties ?? {};
  expect([MetricName, Dimensions]).toEqual(['Errors', [{ Name: 'FunctionName', Value: { Ref: 'CaseWorker' } }]]);
  const longest = Number(template.Parameters.CasePollMinutes?.MaxValue) * 60;
  expect(Number(Period) * Number(EvaluationPeriods)).toBeGreaterThan(longest);
});

it('a role of another account may do with cases what the worker may in its own', () => {
  const role = readTemplate('organization/case-role.yaml');
  const support = (actions: string[]) => actions.filter((action) => action.startsWith('support:'));
  expect(support(actionsOf(role, 'CaseRole'))).not.toHaveLength(0);
  expect(support(actionsOf(role, 'CaseRole'))).toEqual(support(actionsOf(template, 'CaseWorkerRole')));
});

it('gives plug-in stacks what they ask for', () => {
  expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining(['EventBusName', 'SnsTopicArn']));
});
