import {
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Listener } from './listener';
import { startSsm } from './ssm';

const NOW = Date.parse('2026-11-20T08:00:00Z');
let listener: Listener;
let client: SSMClient;

beforeEach(async () => {
  listener = await startSsm({ account: '111122223333', now: () => NOW, log: console.error });
  const credentials = { accessKeyId: 'AKIA111122223333CASE', secretAccessKey: 'x' };
  client = new SSMClient({ region: 'eu-west-1', endpoint: listener.url, credentials });
});

afterEach(async () => {
  client.destroy();
  await listener.close();
});

const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = { Type: 'String' }) =>
  client.send(new PutParameterCommand({ Name, Value, ...more }));
const get = (Names: string[]) => client.send(new GetParametersCommand({ Names }));

it('returns a parameter by its name and its ARN, and lists the names that it does not know', async () => {
  expect(await put('/casebell/语言', 'zh-CN')).toMatchObject({ Version: 1, Tier: 'Standard' });
  await put('/casebell/语言', 'en', { Overwrite: true });
  const ARN = 'arn:aws:ssm:eu-west-1:111122223333:parameter/casebell/语言';
  const found = {
    Name: '/casebell/语言',
    ARN,
    Type: 'String',
    Value: 'en',
    Version: 2,
    LastModifiedDate: new Date(NOW),
  };
  const { Parameters, InvalidParameters } = await get(['/casebell/语言', ARN, '/unknown']);
  expect(Parameters).toMatchObject([found, found]);
  expect(InvalidParameters).toEqual(['/unknown']);
});

it.each([
  ['an existing name without Overwrite', 'known', 'b', { Type: 'String' }, 'ParameterAlreadyExists'],
  ['an unknown type', 'new', 'x', { Type: 'Number' as 'String' }, 'UnsupportedParameterType'],
  ['no type', 'new', 'x', {}, 'ValidationException'],
  ['more than 4 KB of Chinese', 'new', '满'.repeat(1366), { Type: 'String' }, 'ValidationException'],
] as const)('rejects %s', async (_, name, value, more, error) => {
  await put('known', `${'满'.repeat(1365)}a`);
  await expect(put(name, value, more)).rejects.toMatchObject({ name: error });
});
