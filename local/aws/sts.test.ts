import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Sts, startSts } from './sts';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const RoleArn = 'arn:aws:iam::444455556666:role/path/casebell';
let sts: Sts;

beforeAll(async () => {
  sts = await startSts({ account: '111122223333', now: () => NOW, log: console.error });
  sts.trust({ roleArn: RoleArn, principal: '111122223333', externalId: '暗号 & <co>' });
  sts.trust({ roleArn: 'arn:aws:iam::444455556666:role/open', principal: '111122223333' });
});

afterAll(() => sts.close());

const clientOf = (accessKeyId: string, sessionToken?: string): STSClient =>
  new STSClient({
    region: 'eu-west-1',
    endpoint: sts.url,
    credentials: { accessKeyId, secretAccessKey: 'x', sessionToken },
  });

const assume = (more: object, accessKeyId = 'AKIA111122223333CASE') =>
  clientOf(accessKeyId).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'desk', ...more }));

it('AssumeRole gives a trusted account keys of the role’s account', async () => {
  const { Credentials, AssumedRoleUser } = await assume({ ExternalId: '暗号 & <co>', DurationSeconds: 900 });
  expect(Credentials?.Expiration).toEqual(new Date(NOW + 900_000));
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::444455556666:assumed-role/casebell/desk');
  const assumed = clientOf(Credentials?.AccessKeyId ?? '', Credentials?.SessionToken);
  expect(await assumed.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws:sts::444455556666:assumed-role/casebell/desk',
  });
});

it.each([
  ['without the external id', {}],
  ['with another external id', { ExternalId: 'guess' }],
  ['for an unknown role', { RoleArn: 'arn:aws:iam::444455556666:role/other', ExternalId: '暗号 & <co>' }],
])('AssumeRole denies access %s', async (_, more) => {
  await expect(assume(more)).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});

it('AssumeRole denies access to an account that is not trusted', async () => {
  const untrusted = assume({ ExternalId: '暗号 & <co>' }, 'AKIA999999999999CASE');
  await expect(untrusted).rejects.toThrow(/arn:aws:iam::999999999999:root is not authorized/);
});

it.each([
  ['an ARN that is no role', { RoleArn: 'arn:aws:s3:::bucket-with-a-long-name' }],
  ['a session name with spaces', { RoleSessionName: 'a b' }],
  ['a session of a minute', { DurationSeconds: 60 }],
])('AssumeRole rejects %s', async (_, more) => {
  await expect(assume({ ExternalId: '暗号 & <co>', ...more })).rejects.toMatchObject({ name: 'ValidationError' });
});

it('AssumeRole knows the roles of its own partition only', async () => {
  const china = await startSts({ account: '111122223333', now: () => NOW, log: console.error }, 'cn-north-1');
  const credentials = { accessKeyId: 'AKIA111122223333CASE', secretAccessKey: 'x' };
  const client = new STSClient({ region: 'cn-north-1', endpoint: china.url, credentials });
  const chineseRole = RoleArn.replace('arn:aws:', 'arn:aws-cn:');
  for (const roleArn of [RoleArn, chineseRole]) china.trust({ roleArn, principal: '111122223333' });
  const assumeInChina = (arn: string) => client.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: 'desk' }));
  expect((await assumeInChina(chineseRole)).AssumedRoleUser?.Arn).toBe(
    'arn:aws-cn:sts::444455556666:assumed-role/casebell/desk',
  );
  const rejection = await assumeInChina(RoleArn).catch((error: unknown) => error);
  expect(rejection).toMatchObject({
    name: 'AccessDenied',
    message: `User: arn:aws-cn:iam::111122223333:root is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
  });
  client.destroy();
  await china.close();
});
