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

it('the rules match what the formatters format, and nothing that only the fallback formats', () => {
  const keptOut = ['aws.guardduty: GuardDuty Runtime Protection Healthy'];
  const letIn = rules.map(patternOf).flatMap(typesOf);
  expect(letIn.sort()).toEqual(known.filter((type) => !keptOut.includes(type)).sort());
});

it('every rule targets the topic', () => {
  for (const { Properties } of rules)
    expect(Properties.Targets).toEqual([{ Id: 'EventTopic', Arn: { Ref: 'EventTopic' } }]);
});

it('no environment variable contains a secret', () => {
  const secrets = Object.keys(template.Parameters).filter((name) => template.Parameters[name]?.NoEcho);
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Serverless::Function');
  const variables = JSON.stringify(functions.map(({ Properties }) => Properties.Environment));
  expect(functions).toHaveLength(3);
  for (const name of secrets) expect(variables).not.toMatch(new RegExp(`"Ref":"${name}"|\\$\\{${name}\\}`));
});

it('the case queues’ visibility timeout is longer than the lease, and the lease is longer than the worker’s timeout', () => {
  const { CaseQueue, CaseUpdateQueue, CaseWorker } = template.Resources;
  expect(CaseQueue?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: MAX_ATTEMPTS });
  for (const queue of [CaseQueue, CaseUpdateQueue])
    expect(Number(queue?.Properties.VisibilityTimeout)).toBeGreaterThan(LEASE_MS / 1000);
  expect(LEASE_MS / 1000).toBeGreaterThan(Number(CaseWorker?.Properties.Timeout));
});

it('an alarm watches the case bot’s worker, and its period covers two failed polls in a row', () => {
  const { CaseWorkerAlarm } = template.Resources;
  const { MetricName, Dimensions, Period, EvaluationPeriods } = CaseWorkerAlarm?.Properties ?? {};
  expect([MetricName, Dimensions]).toEqual(['Errors', [{ Name: 'FunctionName', Value: { Ref: 'CaseWorker' } }]]);
  const longest = Number(template.Parameters.CasePollMinutes?.MaxValue) * 60;
  expect(Number(Period) * Number(EvaluationPeriods)).toBeGreaterThan(longest);
});

it('the role in another account allows the worker’s support actions', () => {
  const role = readTemplate('organization/case-role.yaml');
  const support = (actions: string[]) => actions.filter((action) => action.startsWith('support:'));
  expect(support(actionsOf(role, 'CaseRole'))).not.toHaveLength(0);
  expect(support(actionsOf(role, 'CaseRole'))).toEqual(support(actionsOf(template, 'CaseWorkerRole')));
});

it('the stack has the outputs that plug-in stacks need', () => {
  expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining(['EventBusName', 'SnsTopicArn']));
});
