import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Listener } from './listener';
import { startSecretsManager } from './secrets-manager';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const SecretId = 'casebell/slack';
let listener: Listener;
let client: SecretsManagerClient;

const clientOf = (accessKeyId: string, region = 'eu-west-1') =>
  new SecretsManagerClient({ region, endpoint: listener.url, credentials: { accessKeyId, secretAccessKey: 'x' } });

beforeEach(async () => {
  listener = await startSecretsManager({ account: '111122223333', now: () => NOW, log: console.error });
  client = clientOf('AKIA111122223333CASE');
});

afterEach(async () => {
  client.destroy();
  await listener.close();
});

const create = (SecretString?: string) => client.send(new CreateSecretCommand({ Name: SecretId, SecretString }));
const put = (SecretString: string, ClientRequestToken?: string) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }));
const get = (id = SecretId) => client.send(new GetSecretValueCommand({ SecretId: id }));

it('returns a secret by its name, its ARN and its ARN without the random suffix', async () => {
  const { ARN = '' } = await create('机密');
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:casebell\/slack-[A-Za-z0-9]{6}$/);
  const value = {
    ARN,
    Name: SecretId,
    SecretString: '机密',
    VersionStages: ['AWSCURRENT'],
    CreatedDate: new Date(NOW),
  };
  for (const id of [SecretId, ARN, ARN.slice(0, -7)]) expect(await get(id)).toMatchObject(value);
});

it('rejects an unknown secret, a secret without a value, an existing name and a value over 64 KB', async () => {
  await expect(get()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
  await create();
  await expect(get()).rejects.toThrow('for staging label: AWSCURRENT');
  await expect(create('again')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  await expect(put('满'.repeat(21_846))).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it.each([
  ['account', 'AKIA999999999999CASE', 'eu-west-1'],
  ['Region', 'AKIA111122223333CASE', 'us-east-1'],
])('hides a secret from another %s', async (_, accessKey, region) => {
  await create('机密');
  const other = clientOf(accessKey, region);
  const read = other.send(new GetSecretValueCommand({ SecretId }));
  await expect(read).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  other.destroy();
});
