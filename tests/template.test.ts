import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Formatter } from '../plugins/formatter';

interface Template {
  Metadata: {
    'AWS::ServerlessRepo::Application': Record<string, unknown>;
    'AWS::CloudFormation::Interface': Interface;
  };
  Parameters: Record<string, { Description?: string; NoEcho?: boolean }>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  Outputs: Record<string, unknown>;
}
interface Interface {
  ParameterGroups: { Parameters: string[] }[];
  ParameterLabels: Record<string, unknown>;
}

const source = readFileSync('template.yaml', 'utf8');
const SHORT_FORMS = ['Ref', 'Sub', 'If', 'Not', 'And', 'Equals', 'Join', 'GetAtt', 'Condition', 'Select', 'Split'];
const tags = SHORT_FORMS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
  {
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (list: { toJSON(): unknown }) => ({ [name]: list.toJSON() }),
  },
]);
const template = parse(source, { customTags: tags }) as Template;
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
  const { default: formatter }: { default: Formatter } = require(`../plugins/${name}/formatter`);
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

it('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(template.Metadata['AWS::ServerlessRepo::Application'].SemanticVersion).toBe(version);
});

it('every parameter is grouped, labelled and described in English and Chinese', () => {
  const { ParameterGroups, ParameterLabels } = template.Metadata['AWS::CloudFormation::Interface'];
  const names = Object.keys(template.Parameters).sort();
  expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  for (const { Description } of Object.values(template.Parameters))
    expect(Description).toMatch(/[a-z].*[\u4e00-\u9fff]/);
});

it('what is secret is not echoed', () => {
  const echoed = Object.entries(template.Parameters).filter(([name, { NoEcho }]) => /Webhook/.test(name) && !NoEcho);
  expect(echoed).toEqual([]);
});

it('it deploys in every partition: no ARN and no console is hard-coded', () => {
  expect(source).not.toMatch(/arn:aws:/);
  expect(source).not.toMatch(/amazonaws\.com(?!$|\n|\s)/m);
});

it('gives plug-in stacks what they ask for', () => {
  expect(Object.keys(template.Outputs)).toEqual(expect.arrayContaining(['EventBusName', 'SnsTopicArn']));
});
