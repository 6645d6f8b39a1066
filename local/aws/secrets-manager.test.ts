import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Listener } from './listener';
import { startSecretsManager } from './secrets-manager';

const time = Date.parse('2026-11-20T08:00:00Z');
let listener: Listener;
let client: SecretsManagerClient;

const clientOf = (accessKeyId: string, region = 'eu-west-1') =>
  new SecretsManagerClient({ region, endpoint: listener.url, credentials: { accessKeyId, secretAccessKey: 'x' } });

beforeEach(async () => {
  listener = await startSecretsManager({ account: '111122223333', now: () => time, log: console.error });
  client = clientOf('AKIA111122223333CASE');
});

afterEach(async () => {
  client.destroy();
  await listener.close();
});

const create = (Name = 'casebell/slack', SecretString = '机密') =>
  client.send(new CreateSecretCommand({ Name, SecretString }));
const get = (SecretId: string, more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));

it('gives a secret back by its name, its ARN and its ARN without the random end', async () => {
  const { ARN = '' } = await create();
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:casebell\/slack-[A-Za-z0-9]{6}$/);
  for (const id of ['casebell/slack', ARN, ARN.slice(0, -7)]) {
    expect(await get(id)).toMatchObject({
      ARN,
      Name: 'casebell/slack',
      SecretString: '机密',
      VersionStages: ['AWSCURRENT'],
    });
  }
});

it('keeps bytes as they are', async () => {
  const SecretBinary = new Uint8Array([0, 200, 255]);
  await client.send(new CreateSecretCommand({ Name: 'bytes', SecretBinary }));
  const value = await get('bytes');
  expect([...(value.SecretBinary ?? [])]).toEqual([0, 200, 255]);
  expect(value.SecretString).toBeUndefined();
});

it('keeps the previous value when a new one is put', async () => {
  const { VersionId: first = '' } = await create('rotated', 'one');
  const { VersionId: second = '' } = await client.send(
    new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }),
  );
  expect((await get('rotated')).SecretString).toBe('two');
  expect((await get('rotated', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one');
  expect((await get('rotated', { VersionId: first })).SecretString).toBe('one');
  await client.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'three' }));
  const { VersionIdsToStages, CreatedDate } = await client.send(new DescribeSecretCommand({ SecretId: 'rotated' }));
  expect(Object.entries(VersionIdsToStages ?? {})).toHaveLength(2);
  expect(VersionIdsToStages?.[second]).toEqual(['AWSPREVIOUS']);
  expect(CreatedDate).toEqual(new Date(time));
});

it('puts a value with a stage of its own beside the current one', async () => {
  await create('staged', 'now');
  const VersionStages = ['AWSPENDING'];
  await client.send(new PutSecretValueCommand({ SecretId: 'staged', SecretString: 'next', VersionStages }));
  expect((await get('staged')).SecretString).toBe('now');
  expect((await get('staged', { VersionStage: 'AWSPENDING' })).SecretString).toBe('next');
});

it('puts a value once for one ClientRequestToken', async () => {
  await create('once', 'one');
  const ClientRequestToken = 'a'.repeat(32);
  const put = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId: 'once', SecretString, ClientRequestToken }));
  expect((await put('two')).VersionId).toBe((await put('two')).VersionId);
  await expect(put('three')).rejects.toMatchObject({ name: 'ResourceExistsException' });
});

it('refuses what is not there, and a name that is taken', async () => {
  await expect(get('nowhere')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
  await create();
  await expect(create()).rejects.toMatchObject({ name: 'ResourceExistsException' });
  const staged = get('casebell/slack', { VersionStage: 'AWSPREVIOUS' });
  await expect(staged).rejects.toThrow('for staging label: AWSPREVIOUS');
});

it('gives a deleted secret to nobody, until it is restored', async () => {
  await create('gone');
  const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId: 'gone', RecoveryWindowInDays: 7 }));
  expect(DeletionDate).toEqual(new Date(time + 7 * 86_400_000));
  await expect(get('gone')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  expect((await client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  await client.send(new RestoreSecretCommand({ SecretId: 'gone' }));
  expect((await get('gone')).SecretString).toBe('机密');
  await client.send(new DeleteSecretCommand({ SecretId: 'gone', ForceDeleteWithoutRecovery: true }));
  await expect(get('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('shows a secret to no other account and in no other Region', async () => {
  await create();
  for (const other of [clientOf('AKIA999999999999CASE'), clientOf('AKIA111122223333CASE', 'us-east-1')]) {
    const foreign = other.send(new GetSecretValueCommand({ SecretId: 'casebell/slack' }));
    await expect(foreign).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    other.destroy();
  }
});
