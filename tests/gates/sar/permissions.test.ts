import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ofType, SLACK, stackOf } from './stack.fixture';

const page = readFileSync('docs/permissions.md', 'utf8');
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const WHOLE = {
  ...SLACK,
  ...{ EnableLLM: 'true', KmsKeyArn: KEY, Tracing: 'Active', AlarmEmail: 'ops@example.com' },
  BotsSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:mine',
};

interface Statement {
  Sid?: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string>>;
}
interface Policy {
  PolicyDocument: { Statement: Statement[] };
}

/** The table of every role, row by row: what it may, on what, why. */
const rows = page
  .split('\n')
  .filter((line) => /^\| `\w+:\w+`/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

it('docs/permissions.md is up to date', () => {
  const now = execFileSync('node', ['scripts/docs/permissions.mjs', '--print'], { encoding: 'utf8' });
  if (page !== now)
    throw new Error('docs/permissions.md is of another template: run npm run docs, read it, commit it.');
});

it('every permission has a reason next to its name', () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const [, , why] of rows) expect(why).toMatch(/^[A-Z][\w ]*\. [A-Z"].*\.$/);
});

it('no action is a wildcard, and a resource is one only where AWS has no resource types', async () => {
  const policies = Object.entries(await stackOf(WHOLE)).flatMap(([id, { properties }]) => policiesOf(id, properties));
  expect(policies.flatMap(([, { Action }]) => Action).filter((action) => action.includes('*'))).toEqual([]);
  const wide = policies.filter(([, { Resource }]) => [Resource].flat().some((one) => one.includes('*')));
  expect(wide.map(([id, { Sid }]) => `${id}: ${Sid}`).sort()).toEqual([
    'CaseCallbackRole: WriteTraces',
    'CaseWorkerRole: ManageCases',
    'CaseWorkerRole: WriteTraces',
    'LlmPolicy: InvokeModelThroughProfile',
    'NotifierRole: WriteTraces',
  ]);
});

it('every function has an explicit role, to which SAM adds nothing', async () => {
  const functions = ofType(await stackOf(WHOLE), 'AWS::Serverless::Function');
  const roles = functions.map(([, { Role, Policies }]) => [Role, Policies]);
  expect(roles).toEqual(functions.map(([id]) => [`${id}Role.Arn`, undefined]));
});

it('every function has its own log group with the retention of the parameter', async () => {
  const stack = await stackOf({ ...SLACK, LogRetentionDays: '90' });
  for (const [id, { LoggingConfig }] of ofType(stack, 'AWS::Serverless::Function')) {
    expect(LoggingConfig).toMatchObject({ LogGroup: `${id}Log` });
    expect(stack[`${id}Log`]?.properties).toEqual({ RetentionInDays: '90' });
  }
});

it('topics and queues accept this account only, or one topic or rule of this stack; only EventBridge has no condition', async () => {
  const stack = await stackOf(WHOLE);
  const policies = ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'].flatMap((type) => ofType(stack, type));
  expect(policies.length).toBeGreaterThanOrEqual(3);
  for (const [id, properties] of policies)
    for (const [, { Condition }] of policiesOf(id, properties).filter(
      ([, { Sid }]) => Sid !== 'PublishFromEventBridge',
    ))
      expect(Object.values(Condition ?? {}).flatMap(Object.entries)).toEqual([
        expect.arrayContaining([expect.stringMatching(/^aws:Source(Account|Arn)$/)]),
      ]);
});

it('the callback API is throttled', async () => {
  const [[, api] = []] = ofType(await stackOf(SLACK), 'AWS::Serverless::HttpApi');
  expect(api?.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 });
});

it('tracing and its permission exist only where it is enabled', async () => {
  for (const [Tracing, allowed] of [
    ['PassThrough', 0],
    ['Active', 3],
  ] as const) {
    const stack = await stackOf({ ...SLACK, Tracing });
    for (const [, properties] of ofType(stack, 'AWS::Serverless::Function')) expect(properties.Tracing).toBe(Tracing);
    expect(JSON.stringify(stack).match(/"Sid":"WriteTraces"/g) ?? []).toHaveLength(allowed);
  }
});

/** EventBridge User Guide, "Using resource-based policies": "You can't use Condition blocks in Amazon SNS topic policies". */
it('the topic’s statement for EventBridge has no condition', async () => {
  const [[id, policy] = ['', {}]] = ofType(await stackOf(), 'AWS::SNS::TopicPolicy');
  const statements = policiesOf(id, policy).map(([, statement]) => statement);
  const ofEvents = statements.filter((statement) => JSON.stringify(statement).includes('events.amazonaws.com'));
  expect(ofEvents.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([['PublishFromEventBridge', undefined]]);
});

function policiesOf(id: string, properties: Record<string, unknown>): [string, Statement][] {
  const { Policies = [], PolicyDocument } = properties as Partial<Policy> & { Policies?: Policy[] };
  const documents = [...Policies, ...(PolicyDocument ? [{ PolicyDocument }] : [])];
  return documents.flatMap((policy) => policy.PolicyDocument.Statement).map((statement) => [id, statement]);
}
