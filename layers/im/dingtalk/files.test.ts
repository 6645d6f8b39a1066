import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { against, printError } from '../against.fixture';
import { createBotRuntime } from '../bot-platforms';
import type { ChatApp, ChatMessage, SharedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import { dingtalkBot } from './bot';
import { SECRETS } from './callback.fixture';
import { DIRECT, FILE, failing, GRANTED, GROUP, LIVE, play, SUCCESS, TOKEN } from './fake-dingtalk.fixture';
import { extensionOf, fileName, storageUrl } from './files';

const MEGABYTE = 1024 * 1024;
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
  if (!file) throw new Error('fetchFile is missing');
  return `${file.name} ${file.size} ${await readText(file.bytes)}`;
}

it('fetchFile() exchanges the code for an address, and requests that without further headers', async () => {
  const headers = { 'content-type': 'image/png', 'content-length': '5' };
  const { error, calls, paths } = await play({ '/kept.file': [{ body: 'bytes', headers }] }, async (app) =>
    expect(await fetch(app)).toBe('image-2.png 5 bytes'),
  );
  expect([error, paths]).toEqual([undefined, ['accessToken', 'download', 'kept.file']]);
  expect(calls[1]).toMatchObject({ token: TOKEN, body: { robotCode: 'dingkey', downloadCode: CODE } });
  expect(calls[2]).toEqual({ path: '/kept.file', text: '', body: {} });
});

it('fetchFile() returns no size where there is none', async () => {
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
])('fetchFile() rejects on %s with what to do', async (code, status, reason, facts) => {
  const { error, paths } = await play({ [DOWNLOAD]: failing(code, status) }, fetch);
  expect(error).toMatchObject({ code, message: expect.stringMatching(reason), ...facts });
  expect(paths).toEqual(['accessToken', 'download']);
});

it("fetchFile() requests no host that is not DingTalk's", async () => {
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
])('fetchFile() rejects on HTTP %i of the storage', async (status, reason, facts) => {
  const headers = { location: 'https://down.dingtalk.com/other' };
  const { error, paths } = await play({ '/kept.file': [{ status, headers, body: '' }] }, fetch);
  expect(error).toMatchObject({ code: `HTTP ${status}`, message: expect.stringMatching(reason), ...facts });
  expect([error?.outcomeUnknown, paths.at(-1)]).toEqual([undefined, 'kept.file']);
});

it('fetchFile() has no unknown outcome: nothing was shown', async () => {
  const { error } = await play({ '/kept.file': [{ body: 'hang up' }] }, fetch);
  expect(error).toMatchObject({ code: 'ECONNRESET', retryable: true });
  expect(error?.outcomeUnknown).toBeUndefined();
});

it('fetchFile() rejects where the transfer breaks off', async () => {
  const { error } = await play({ '/kept.file': [{ body: 'break off' }] }, fetch);
  expect(error).toMatchObject({ message: expect.stringMatching(/broke off/), retryable: true });
});

it.each([
  [DOWNLOAD, 400],
  [DOWNLOAD, 500],
  ['/kept.file', 403],
  ['/kept.file', 500],
])('fetchFile() keeps code, token and address out of errors of %s (HTTP %i)', async (path, status) => {
  const leak = `no: ${CODE} ${TOKEN} ${SECRETS.appSecret} ${FILE}`;
  for (const body of [{ code: 'x', message: leak }, leak]) {
    const { error } = await play({ [path]: [{ status, body }] }, fetch);
    expect(error).toBeInstanceOf(DeliveryError);
    const printed = printError(error as Error);
    for (const secret of [CODE, TOKEN, SECRETS.appSecret, 's1gn0123456789']) expect(printed).not.toContain(secret);
  }
});

it('storageUrl() uses https, and keeps the signed query', () => {
  expect(storageUrl(FILE).href).toBe(FILE.replace('http:', 'https:'));
});

it.each([
  'https://wukong-file-im-sh.oss-cn-shanghai.aliyuncs.com/a',
  'https://sh-dualstack.trans.dingtalk.com/yundisk0/a.file',
  'https://down.dingtalk.com/media/a.png',
])('storageUrl() accepts %s, and so does the runtime', (url) => {
  expect(createBotRuntime().resolveEndpoint(storageUrl(url))).toBe(url);
});

it.each([
  'https://evil.example/a?Signature=s1gn',
  'https://dingtalk.com.evil.example/a?Signature=s1gn',
  'https://evildingtalk.com/a?Signature=s1gn',
  'http://169.254.169.254/latest/meta-data?Signature=s1gn',
  'http://8.134.254.49:30000/a?Signature=s1gn',
  'https://ddoss.acme.example/a?Signature=s1gn',
  'https://wukong.oss-cn-zhangjiakou-internal.aliyuncs.com/a?Signature=s1gn',
  'https://ecs.aliyuncs.com/a?Signature=s1gn',
  'https://wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com:8443/a?Signature=s1gn',
  'https://me:pw@down.dingtalk.com/a?Signature=s1gn',
  'file:///etc/passwd?Signature=s1gn',
])('storageUrl() rejects %s with what to do and without the address', (url) => {
  const attempt = () => storageUrl(url);
  expect(attempt).toThrow(/a host that is not DingTalk's \([^/?]*\).*AWS console/);
  expect(attempt).not.toThrow(/s1gn|pw@/);
});

it.each(['', 'soon'])('storageUrl() is retryable for the address %j', (url) => {
  expect(() => storageUrl(url)).toThrow(expect.objectContaining({ retryable: true }));
});

const stored = (path: string) => new URL(`https://down.dingtalk.com/${path}`);

it.each([
  ['image/png', 'iAEI.file', 'image.png'],
  ['IMAGE/JPEG; q=1', 'iAEI.file', 'image.jpg'],
  ['application/octet-stream', 'ddmedia%2FiAEI.jpg', 'image.jpg'],
  ['application/octet-stream', 'iAEI.file', 'image'],
  ['constructor', 'iAEI', 'image'],
  ['', 'a.b/c', 'image'],
])('fileName() uses the type %j, then the stored name %s', (type, path, name) => {
  expect(fileName({ key: 'c', kind: 'image' }, 0, type, stored(path))).toBe(name);
});

it('fileName() keeps a name', () => {
  const file = { key: 'c', kind: 'file', name: '中文 日志.tar.gz' } as const;
  expect(fileName(file, 3, 'image/png', stored('a.file'))).toBe('中文 日志.tar.gz');
});

it('fileName() numbers the images of a message', () => {
  const names = [0, 1, 2].map((index) => fileName({ key: 'c', kind: 'image' }, index, 'image/png', stored('a.file')));
  expect(names).toEqual(['image.png', 'image-2.png', 'image-3.png']);
});

it.each([
  ['报告.PDF', 'pdf'],
  ['a.tar.gz', 'gz'],
  ['.gitignore', ''],
  ['Makefile', ''],
  ['a.', ''],
  ['a.pdf ', ''],
])('extensionOf() reads the extension of %j', (name, extension) => {
  expect(extensionOf(name)).toBe(extension);
});

const UPLOAD = '/media/upload';
const PDF = fileOf('工单 42 附件.pdf');

function fileOf(name: string, size = 5) {
  return {
    name,
    size,
    bytes: (async function* () {
      yield Buffer.from('by');
      yield Buffer.from('tes');
    })(),
  };
}

const send = (app: ChatApp, file = fileOf(PDF.name), to = GROUP) => app.sendFile?.(file, to) ?? Promise.reject();

it('sendFile() uploads a file and sends it with its name, never in a session', async () => {
  const { error, calls, paths } = await play({}, (app) => send(app, PDF, LIVE));
  expect([error, paths]).toEqual([undefined, ['accessToken', 'upload', 'send']]);
  expect(calls[1]?.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(calls[1]?.text).toContain('name="media"; filename="工单 42 附件.pdf"');
  expect(calls[1]?.text).toMatch(/name="type"\r\n\r\nfile\r\n[\s\S]*\r\n\r\nbytes\r\n--/);
  const msgParam = JSON.stringify({ mediaId: '@lAzP1', fileName: '工单 42 附件.pdf', fileType: 'pdf' });
  expect(calls[2]).toMatchObject({
    token: TOKEN,
    body: { robotCode: 'dingkey', openConversationId: 'cid1==', msgKey: 'sampleFile', msgParam },
  });
});

it.each(['图.PNG', 'a.jpg', 'a.jpeg', 'a.gif', 'a.bmp'])(
  'sendFile() sends %s as an image, also to a person',
  async (name) => {
    const { error, calls } = await play({}, (app) => send(app, fileOf(name), DIRECT));
    expect(error).toBeUndefined();
    expect(calls[1]?.text).toMatch(/filename="picture\.(png|jpg|gif|bmp)"/);
    expect(calls[2]?.body).toMatchObject({
      userIds: ['0147'],
      msgKey: 'sampleImageMsg',
      msgParam: '{"photoURL":"@lAzP1"}',
    });
  },
);

it.each([
  ['日志.txt', 5, /only xlsx, pdf, zip, rar, doc, docx, jpg/],
  ['constructor', 5, /only xlsx/],
  ['片.mp4', 5, /only xlsx/],
  ['表.xls', 5, /only xlsx/],
  ['a.pdf', 0, /empty/],
  ['a.pdf', 20 * MEGABYTE + 1, /over 20 MB/],
  ['a.png', 20 * MEGABYTE + 1, /over 20 MB/],
])('sendFile() rejects %s of %i bytes without a call', async (name, size, reason) => {
  const { error, paths } = await play({}, (app) => send(app, fileOf(name, size)));
  expect(error).toMatchObject({ payloadRejected: true, retryable: false, message: expect.stringMatching(reason) });
  expect(paths).toEqual([]);
});

it('sendFile() uploads nothing for a person without a user id', async () => {
  const { error, paths } = await play({}, (app) => send(app, PDF, { id: 'cid2==', kind: 'direct' }));
  expect([error?.code, paths]).toEqual(['person', []]);
});

it.each([
  [
    { errcode: 40005, errmsg: '不合法的文件类型' },
    /kind of file \(40005: 不合法/,
    { payloadRejected: true, retryable: false },
  ],
  [{ errcode: 40004 }, /kind of file/, { payloadRejected: true }],
  [{ errcode: 40006 }, /larger than it takes/, { payloadRejected: true }],
  [{ errcode: 45001 }, /larger than it takes/, { payloadRejected: true }],
  [{ errcode: 41005 }, /found no file/, { payloadRejected: true }],
  [{ errcode: -1 }, /busy/, { retryable: true }],
  [{ errcode: 90018 }, /in a second/, { retryable: true, throttled: true, retryAfterSeconds: 1 }],
  [{ errcode: 0, errmsg: 'ok' }, /no id of the file/, { retryable: true }],
  ['<html>', /not one of this platform/, { retryable: true }],
  ['break off', /broke off/, { retryable: true }],
  ['hang up', /could not be reached/, { retryable: true }],
])('sendFile() sends nothing after the upload response %j, and the outcome is known', async (body, reason, facts) => {
  const { error, paths } = await play({ [UPLOAD]: [{ body }] }, (app) => send(app));
  expect(error).toMatchObject({ message: expect.stringMatching(reason), ...facts });
  expect([error?.outcomeUnknown, paths]).toEqual([undefined, ['accessToken', 'upload']]);
});

it('sendFile() does not repeat an upload when the token is rejected: the next call has a new token', async () => {
  const stale = { body: { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' } };
  const tokens = [{ body: GRANTED }, { body: { ...GRANTED, accessToken: 'new' } }];
  const script = { '/v1.0/oauth2/accessToken': tokens, [UPLOAD]: [stale, ...(SUCCESS[UPLOAD] ?? [])] };
  const { error, paths, calls } = await play(script, async (app) => {
    await expect(send(app)).rejects.toMatchObject({ retryable: true, code: '40014' });
    await send(app);
  });
  expect([error, paths]).toEqual([undefined, ['accessToken', 'upload', 'accessToken', 'upload', 'send']]);
  expect(calls.at(-1)?.token).toBe('new');
});

it('sendFile() has an unknown outcome when the response to the message is lost', async () => {
  const script = { '/v1.0/robot/groupMessages/send': [{ body: 'hang up' }] };
  const { error } = await play(script, (app) => send(app));
  expect(error).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
});

it('sendFile() is rejected by the content check of DingTalk', async () => {
  const script = { '/v1.0/robot/groupMessages/send': failing('contain.notAllowed.picture') };
  const { error } = await play(script, (app) => send(app, fileOf('a.png')));
  expect(error).toMatchObject({ payloadRejected: true, retryable: false });
});

it('sendFile() keeps the token out of errors of the upload', async () => {
  for (const body of [{ errcode: 5, errmsg: `no: ${TOKEN}` }, TOKEN]) {
    const { error } = await play({ [UPLOAD]: [{ status: 400, body }] }, (app) => send(app));
    expect(printError(error as Error)).not.toContain(TOKEN);
    expect(error?.platform).toBe('dingtalk');
  }
});

it('sendFile() streams: the first bytes are sent before the last are read', async () => {
  const progress = new EventEmitter();
  async function* bytes() {
    const begun = once(progress, 'begun');
    yield Buffer.alloc(5 * MEGABYTE, 'a');
    await begun;
    yield Buffer.alloc(5 * MEGABYTE, 'b');
  }
  const received: number[] = [];
  const listener: RequestListener = async (request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname.replace(/^\/[^/]+/, '');
    if (path === UPLOAD) received.push(await lengthOf(request, () => progress.emit('begun')));
    else await readText(request);
    response.end(JSON.stringify(SUCCESS[path]?.[0]?.body));
  };
  await against(listener, (runtime) =>
    send(dingtalkBot.open(SECRETS, runtime), { name: 'a.zip', size: 10 * MEGABYTE, bytes: bytes() }),
  );
  expect(received[0]).toBeGreaterThan(10 * MEGABYTE);
});

async function lengthOf(request: IncomingMessage, begun: () => void): Promise<number> {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > 4 * MEGABYTE) begun();
  });
  await once(request, 'end');
  return length;
}
