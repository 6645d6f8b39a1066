import { readFileSync } from 'node:fs';
import { ofType, type Resource, SLACK, stackOf } from './stack.fixture';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WHOLE = { ...SLACK, AlarmEmail: 'ops@example.com' };
const TYPES = ['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'];

/** Where each keeps its key. */
const keyOf = ({ type, properties }: Resource): unknown =>
  type === 'AWS::DynamoDB::Table'
    ? Object(properties.SSESpecification).KMSMasterKeyId
    : (properties.KmsMasterKeyId ?? properties.KmsKeyId);

const stored = (stack: Readonly<Record<string, Resource>>) =>
  Object.entries(stack).filter(([, { type }]) => TYPES.includes(type));

it('a customer key encrypts every queue, topic, table and secret', async () => {
  const kept = stored(await stackOf({ ...WHOLE, KmsKeyArn: KEY }));
  expect(kept.length).toBeGreaterThanOrEqual(13);
  expect(kept.filter(([, one]) => keyOf(one) !== KEY)).toEqual([]);
  expect(kept.filter(([, { properties }]) => properties.SqsManagedSseEnabled !== undefined)).toEqual([]);
});

it('without a customer key the queues are encrypted and no key is required', async () => {
  const stack = await stackOf(WHOLE);
  expect(stored(stack).filter(([, one]) => keyOf(one) !== undefined)).toEqual([]);
  for (const [, { SqsManagedSseEnabled }] of ofType(stack, 'AWS::SQS::Queue')) expect(SqsManagedSseEnabled).toBe(true);
  expect(JSON.stringify(stack)).not.toContain('kms:');
});

it('every function may use the customer key, and no other key', async () => {
  const roles = ofType(await stackOf({ ...WHOLE, KmsKeyArn: KEY }), 'AWS::IAM::Role');
  expect(roles).toHaveLength(3);
  for (const [, { Policies }] of roles) {
    const [{ PolicyDocument }] = Policies as [{ PolicyDocument: { Statement: { Action: string[] }[] } }];
    expect(PolicyDocument.Statement.filter(({ Action }) => String(Action).includes('kms:'))).toEqual([
      { Sid: 'UseKmsKey', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KEY },
    ]);
  }
});

it('docs/encryption.md names every service that writes to a topic or a queue', async () => {
  const page = readFileSync('docs/encryption.md', 'utf8');
  const stack = await stackOf(WHOLE);
  const policies = ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy'].flatMap((type) => ofType(stack, type));
  const services = JSON.stringify(policies).match(/\w+\.amazonaws\.com/g) ?? [];
  expect(new Set(services).size).toBeGreaterThanOrEqual(7);
  expect(services.filter((service) => !page.includes(`"${service}"`))).toEqual([]);
  const [statements = '[]'] = /^\[\n.*?^\]$/ms.exec(page) ?? [];
  expect(JSON.parse(statements).map(({ Action }: { Action: string[] }) => Action)).toEqual([
    ['kms:GenerateDataKey*', 'kms:Decrypt'],
    ['kms:GenerateDataKey*', 'kms:Decrypt'],
  ]);
});
