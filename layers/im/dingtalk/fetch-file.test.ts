import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import type { ChatApp, ChatMessage, SharedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import { SECRETS } from './callback.fixture';
import { FILE, failing, GROUP, play, TOKEN } from './script.fixture';

const CODE = 'mIofN681YE3f0123456789/+m+==';
const PICTURES: SharedFile[] = [
  { key: 'c1', kind: 'image' },
  { key: CODE, kind: 'image' },
];
const MESSAGE: ChatMessage = {
  id: 'm1',
  platform: 'dingtalk',
  conversation: GROUP,
  sender: { id: '0147' },
  text: '',
  files: PICTURES,
  isForBot: true,
  sentAt: 0,
};
const DOWNLOAD = '/v1.0/robot/messageFiles/download';

async function fetch(app: ChatApp): Promise<string> {
  const file = await app.fetchFile?.({ key: CODE, kind: 'image' }, MESSAGE);
  if (!file) throw new Error('It fetches no files.');
  return `${file.name} ${file.size} ${await text(file.bytes)}`;
}

it('buys an address with the code of the message, and asks there with no header that the signature does not know', async () => {
  const headers = { 'content-type': 'image/png', 'content-length': '5' };
  const { error, asked, paths } = await play({ '/kept.file': [{ body: 'bytes', headers }] }, async (app) =>
    expect(await fetch(app)).toBe('image-2.png 5 bytes'),
  );
  expect([error, paths]).toEqual([undefined, ['accessToken', 'download', 'kept.file']]);
  expect(asked[1]).toMatchObject({ token: TOKEN, body: { robotCode: 'dingkey', downloadCode: CODE } });
  expect(asked[2]).toEqual({ path: '/kept.file', said: '', body: {} });
});

it('says no size where none is said', async () => {
  const headers = { 'transfer-encoding': 'chunked' };
  const { error } = await play({ '/kept.file': [{ body: 'bytes', headers }] }, async (app) =>
    expect(await fetch(app)).toBe('image-2 undefined bytes'),
  );
  expect(error).toBeUndefined();
});

it.each([
  ['invalidParameter.robotCode.downloadCode', 400, /share it once more/, { retryable: false }],
  ['invalidParameter.robotCode.auth', 400, /Robot page/, { retryable: false }],
  ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 403, /grant it/, { retryable: false }],
  ['unknownError', 500, /an internal error/, { retryable: true }],
])('says what %s means for a file', async (code, status, reason, facts) => {
  const { error, paths } = await play({ [DOWNLOAD]: failing(code, status) }, fetch);
  expect(error).toMatchObject({ code, message: expect.stringMatching(reason), ...facts });
  expect(paths).toEqual(['accessToken', 'download']);
});

it('asks no host that is not of DingTalk', async () => {
  const { error, paths } = await play({ [DOWNLOAD]: [{ body: { downloadUrl: 'https://evil.example/' } }] }, fetch);
  expect([error?.retryable, error?.code, paths]).toEqual([false, 'host', ['accessToken', 'download']]);
});

it.each([
  [403, /share it once more \(HTTP 403\)/, { retryable: false }],
  [404, /share it once more/, { retryable: false }],
  [429, /at a time/, { retryable: true, throttled: true }],
  [503, /at a time/, { retryable: true, throttled: true }],
  [500, /internal error/, { retryable: true }],
  [302, /refused to provide/, { retryable: false }],
  [204, /refused to provide/, { retryable: false }],
])('says what HTTP %i of the storage means', async (status, reason, facts) => {
  const headers = { location: 'https://down.dingtalk.com/other' };
  const { error, paths } = await play({ '/kept.file': [{ status, headers, body: '' }] }, fetch);
  expect(error).toMatchObject({ code: `HTTP ${status}`, message: expect.stringMatching(reason), ...facts });
  expect([error?.outcomeUnknown, paths.at(-1)]).toEqual([undefined, 'kept.file']);
});

it('has no doubt about what was shown when nobody answers: nothing was', async () => {
  const { error } = await play({ '/kept.file': [{ body: 'hang up' }] }, fetch);
  expect(error).toMatchObject({ code: 'ECONNRESET', retryable: true });
  expect(error?.outcomeUnknown).toBeUndefined();
});

it('never gives half a file for a whole one', async () => {
  const { error } = await play({ '/kept.file': [{ body: 'break off' }] }, fetch);
  expect(error).toMatchObject({ message: expect.stringMatching(/broke off/), retryable: true });
});

it.each([
  [DOWNLOAD, 400],
  [DOWNLOAD, 500],
  ['/kept.file', 403],
  ['/kept.file', 500],
])('tells no code, token or address in an error of %s (HTTP %i)', async (path, status) => {
  const leak = `no: ${CODE} ${TOKEN} ${SECRETS.appSecret} ${FILE}`;
  for (const body of [{ code: 'x', message: leak }, leak]) {
    const { error } = await play({ [path]: [{ status, body }] }, fetch);
    expect(error).toBeInstanceOf(DeliveryError);
    const told = [error?.message, error?.stack, inspect(error), JSON.stringify(error)].join('\n');
    for (const secret of [CODE, TOKEN, SECRETS.appSecret, 's1gn0123456789']) expect(told).not.toContain(secret);
  }
});
