import { readFileSync } from 'node:fs';
import { matcher } from '../../functions/notifier/format/event-pattern';
import { readTemplate } from './template.fixture';

const FILE = 'organization/forwarder.yaml';
const [source, forwarder, stack] = [readFileSync(FILE, 'utf8'), readTemplate(FILE), readTemplate('template.yaml')];

type Rule = (typeof forwarder.Resources)[string];
const rulesOf = ({ Resources }: typeof forwarder): [id: string, rule: Rule][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::Events::Rule');

/** A parameter in it is what it is by default. */
function patternOf({ Properties }: Rule, { Parameters }: typeof forwarder): Record<string, unknown> {
  const pattern = Properties.EventPattern as Record<string, unknown>;
  if (typeof pattern.Sub !== 'string') return pattern;
  const standard = (name: string): string => String((Parameters[name] as { Default?: unknown }).Default);
  return JSON.parse(pattern.Sub.replace(/\$\{(\w+)\}/g, (_, name: string) => standard(name)));
}

/** Whether one of a template's rules lets an event through, whatever lists a deployer would fill in. */
const letsIn = (template: typeof forwarder, event: unknown): boolean =>
  rulesOf(template).some(([id, rule]) => id !== 'ExtraRule' && matcher(plain(patternOf(rule, template)))(event));

/** EC2States is a list that the stack is given. */
const plain = (pattern: object): Record<string, unknown> =>
  JSON.parse(JSON.stringify(pattern).replace('{"Ref":"EC2States"}', '["running","stopped","terminated"]'));

const FORWARDED =
  'alarm-metric alarm-contributor ec2-running ec2-stopped guardduty-object-scan guardduty-crypto-mining guardduty-runtime-unhealthy health-issue-open health-abuse-dos support-case-update';
const KEPT = 'backup-job-failed custom-notification scheduled-event';
const sample = (name: string): unknown => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));

it.each(FORWARDED.split(' '))('the forwarder forwards %s, which the stack’s rules match', (name) => {
  expect([letsIn(forwarder, sample(name)), letsIn(stack, sample(name))]).toEqual([true, true]);
});

it.each(KEPT.split(' '))('the forwarder does not forward %s', (name) => {
  expect(letsIn(forwarder, sample(name))).toBe(false);
});

it('the forwarder does not forward a clean object and a low finding, like the stack’s rules', () => {
  const clean = sample('guardduty-object-scan') as { detail: { scanResultDetails: object } };
  clean.detail.scanResultDetails = { scanResultStatus: 'NO_THREATS_FOUND' };
  for (const event of [clean, sample('guardduty-port-probe')])
    expect([letsIn(forwarder, event), letsIn(stack, event)]).toEqual([false, false]);
});

it('the forwarder sends everything to the stack’s bus, with a role that allows nothing else', () => {
  const bus = {
    Sub: expect.stringMatching(/^arn:\$\{AWS::Partition\}:events:\$\{CentralRegion\}:\$\{CentralAccountId\}:/),
  };
  const way = {
    RoleArn: { GetAtt: 'ForwarderRole.Arn' },
    DeadLetterConfig: { Arn: { GetAtt: 'DeadLetterQueue.Arn' } },
  };
  for (const [, { Properties }] of rulesOf(forwarder))
    expect(Properties.Targets).toEqual([{ Id: 'Casebell', Arn: bus, ...way }]);
  const { Policies } = forwarder.Resources.ForwarderRole?.Properties ?? {};
  const statements = [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: bus }];
  expect(Policies).toEqual([
    { PolicyName: 'Forward', PolicyDocument: { Version: '2012-10-17', Statement: statements } },
  ]);
});

it('the forwarder forwards nothing in the stack’s account and Region', () => {
  for (const [id, rule] of rulesOf(forwarder))
    expect([id, rule]).toEqual([id, expect.objectContaining({ Condition: expect.stringMatching(/^Has/) })]);
  const { IsElsewhere, ...others } = (forwarder as unknown as { Conditions: Record<string, unknown> }).Conditions;
  expect(IsElsewhere).toBeDefined();
  for (const condition of Object.values(others))
    expect(JSON.stringify(condition)).toContain('{"Condition":"IsElsewhere"}');
});

it('every parameter is grouped, labelled and described in English and Chinese', () => {
  const { ParameterGroups, ParameterLabels } = forwarder.Metadata['AWS::CloudFormation::Interface'];
  const names = Object.keys(forwarder.Parameters).sort();
  expect(ParameterGroups.flatMap(({ Parameters }) => Parameters).sort()).toEqual(names);
  expect(Object.keys(ParameterLabels).sort()).toEqual(names);
  for (const { Description } of Object.values(forwarder.Parameters))
    expect(Description).toMatch(/[a-z].*[\u4e00-\u9fff]/);
});

it('deploys in every partition', () => {
  expect(source).not.toMatch(/arn:aws:/);
});
