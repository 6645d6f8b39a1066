import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Listener } from './listener';
import { startSsm } from './ssm';

const time = Date.parse('2026-11-20T08:00:00Z');
let listener: Listener;
let client: SSMClient;

beforeEach(async () => {
  listener = await startSsm({ account: '111122223333', now: () => time, log: console.error });
  const credentials = { accessKeyId: 'AKIA111122223333CASE', secretAccessKey: 'x' };
  client = new SSMClient({ region: 'eu-west-1', endpoint: listener.url, credentials });
});

afterEach(async () => {
  client.destroy();
  await listener.close();
});

const put = (Name: string, Value: string, more: Partial<PutParameterCommandInput> = { Type: 'String' }) =>
  client.send(new PutParameterCommand({ Name, Value, ...more }));
const get = async (Name: string, WithDecryption = false) =>
  (await client.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter;

it('gives a parameter back by its name, its ARN and its version', async () => {
  expect(await put('/casebell/语言', 'zh-CN')).toMatchObject({ Version: 1, Tier: 'Standard' });
  await put('/casebell/语言', 'en', { Overwrite: true });
  const ARN = 'arn:aws:ssm:eu-west-1:111122223333:parameter/casebell/语言';
  const current = { Name: '/casebell/语言', ARN, Type: 'String', Value: 'en', Version: 2 };
  expect(await get('/casebell/语言')).toMatchObject({ ...current, LastModifiedDate: new Date(time) });
  expect(await get(ARN)).toMatchObject(current);
  expect(await get('/casebell/语言:1')).toMatchObject({ Value: 'zh-CN', Version: 1 });
});

it('shows a SecureString only to those who ask to decrypt it', async () => {
  await put('/secret', '机密', { Type: 'SecureString' });
  expect((await get('/secret'))?.Value).not.toContain('机密');
  expect((await get('/secret', true))?.Value).toBe('机密');
});

it('overwrites nothing unless told to', async () => {
  await put('name', 'a');
  await expect(put('name', 'b')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect((await get('name'))?.Value).toBe('a');
});

it('refuses an unknown type, no type and more than 4 KB of Chinese', async () => {
  await expect(put('a', 'x', { Type: 'Number' as 'String' })).rejects.toMatchObject({
    name: 'UnsupportedParameterType',
  });
  await expect(put('a', 'x', {})).rejects.toMatchObject({ name: 'ValidationException' });
  await put('a', `${'满'.repeat(1365)}a`);
  await expect(put('b', '满'.repeat(1366))).rejects.toMatchObject({ name: 'ValidationException' });
});

it('names the parameters it could not find', async () => {
  await put('/a', '1');
  const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: ['/a', '/b'] }));
  expect(Parameters?.map(({ Value }) => Value)).toEqual(['1']);
  expect(InvalidParameters).toEqual(['/b']);
  await expect(get('/b')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

it('lists what lies under a path, all the way down only where asked, page by page', async () => {
  for (const name of ['/team/a', '/team/b', '/team/deep/c', '/teams/d', '/other']) await put(name, 'x');
  const list = async (more = {}) => {
    const { Parameters = [], NextToken } = await client.send(
      new GetParametersByPathCommand({ Path: '/team', ...more }),
    );
    return { names: Parameters.map(({ Name }) => Name), NextToken };
  };
  expect((await list()).names).toEqual(['/team/a', '/team/b']);
  expect((await list({ Recursive: true })).names).toEqual(['/team/a', '/team/b', '/team/deep/c']);
  const first = await list({ Recursive: true, MaxResults: 2 });
  expect(first.names).toEqual(['/team/a', '/team/b']);
  const last = await list({ Recursive: true, MaxResults: 2, NextToken: first.NextToken });
  expect(last).toEqual({ names: ['/team/deep/c'], NextToken: undefined });
});

it('deletes a parameter once', async () => {
  await put('/gone', 'x');
  await client.send(new DeleteParameterCommand({ Name: '/gone' }));
  const again = client.send(new DeleteParameterCommand({ Name: '/gone' }));
  await expect(again).rejects.toMatchObject({ name: 'ParameterNotFound' });
});
