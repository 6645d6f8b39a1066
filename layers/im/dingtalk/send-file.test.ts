import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { against } from '../against.fixture';
import type { ChatApp } from '../chat-app';
import { dingtalkBot } from './bot';
import { SECRETS } from './callback.fixture';
import { DIRECT, FINE, failing, GRANTED, GROUP, LIVE, play, TOKEN } from './script.fixture';

const MB = 1024 * 1024;
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

it('uploads a file, and sends it under its name, never by a session', async () => {
  const { error, asked, paths } = await play({}, (app) => send(app, PDF, LIVE));
  expect([error, paths]).toEqual([undefined, ['accessToken', 'upload', 'send']]);
  expect(asked[1]?.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(asked[1]?.said).toContain('name="media"; filename="工单 42 附件.pdf"');
  expect(asked[1]?.said).toMatch(/name="type"\r\n\r\nfile\r\n[\s\S]*\r\n\r\nbytes\r\n--/);
  const msgParam = JSON.stringify({ mediaId: '@lAzP1', fileName: '工单 42 附件.pdf', fileType: 'pdf' });
  expect(asked[2]).toMatchObject({
    token: TOKEN,
    body: { robotCode: 'dingkey', openConversationId: 'cid1==', msgKey: 'sampleFile', msgParam },
  });
});

it.each(['图.PNG', 'a.jpg', 'a.jpeg', 'a.gif', 'a.bmp'])('shows %s as a picture, to a person too', async (name) => {
  const { error, asked } = await play({}, (app) => send(app, fileOf(name), DIRECT));
  expect(error).toBeUndefined();
  expect(asked[1]?.said).toMatch(/filename="picture\.(png|jpg|gif|bmp)"/);
  expect(asked[2]?.body).toMatchObject({
    userIds: ['0147'],
    msgKey: 'sampleImageMsg',
    msgParam: '{"photoURL":"@lAzP1"}',
  });
});

it.each([
  ['日志.txt', 5, /only xlsx, pdf, zip, rar, doc, docx, jpg/],
  ['constructor', 5, /only xlsx/],
  ['片.mp4', 5, /only xlsx/],
  ['表.xls', 5, /only xlsx/],
  ['a.pdf', 0, /empty/],
  ['a.pdf', 20 * MB + 1, /over 20 MB/],
  ['a.png', 20 * MB + 1, /over 20 MB/],
])('does not even try %s of %i bytes, and says why', async (name, size, reason) => {
  const { error, paths } = await play({}, (app) => send(app, fileOf(name, size)));
  expect(error).toMatchObject({ payloadRejected: true, retryable: false, message: expect.stringMatching(reason) });
  expect(paths).toEqual([]);
});

it('uploads nothing for somebody whom DingTalk did not name', async () => {
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
])('sends nothing after %j, about which there is no doubt', async (body, reason, facts) => {
  const { error, paths } = await play({ [UPLOAD]: [{ body }] }, (app) => send(app));
  expect(error).toMatchObject({ message: expect.stringMatching(reason), ...facts });
  expect([error?.outcomeUnknown, paths]).toEqual([undefined, ['accessToken', 'upload']]);
});

it('never uploads the same bytes twice; after a token that had ended, whoever tries again has a new one', async () => {
  const stale = { body: { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' } };
  const tokens = [{ body: GRANTED }, { body: { ...GRANTED, accessToken: 'new' } }];
  const script = { '/v1.0/oauth2/accessToken': tokens, [UPLOAD]: [stale, ...(FINE[UPLOAD] ?? [])] };
  const { error, paths, asked } = await play(script, async (app) => {
    await expect(send(app)).rejects.toMatchObject({ retryable: true, code: '40014' });
    await send(app);
  });
  expect([error, paths]).toEqual([undefined, ['accessToken', 'upload', 'accessToken', 'upload', 'send']]);
  expect(asked.at(-1)?.token).toBe('new');
});

it('says that a file may have been shown when the answer of the message is lost', async () => {
  const script = { '/v1.0/robot/groupMessages/send': [{ body: 'hang up' }] };
  const { error } = await play(script, (app) => send(app));
  expect(error).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
});

it('finds a picture unfit that its content check content check at', async () => {
  const script = { '/v1.0/robot/groupMessages/send': failing('contain.notAllowed.picture') };
  const { error } = await play(script, (app) => send(app, fileOf('a.png')));
  expect(error).toMatchObject({ payloadRejected: true, retryable: false });
});

it('tells no token in an error of the upload, even where the platform does', async () => {
  for (const body of [{ errcode: 5, errmsg: `no: ${TOKEN}` }, TOKEN]) {
    const { error } = await play({ [UPLOAD]: [{ status: 400, body }] }, (app) => send(app));
    expect([error?.message, error?.stack, inspect(error), JSON.stringify(error)].join()).not.toContain(TOKEN);
    expect(error?.platform).toBe('dingtalk');
  }
});

it('has the first bytes there before the last are made', async () => {
  const server = new EventEmitter();
  async function* bytes() {
    const begun = once(server, 'begun');
    yield Buffer.alloc(5 * MB, 'a');
    await begun;
    yield Buffer.alloc(5 * MB, 'b');
  }
  const received: number[] = [];
  const listener: RequestListener = async (request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname.replace(/^\/[^/]+/, '');
    if (path === UPLOAD) received.push(await lengthOf(request, () => server.emit('begun')));
    else await text(request);
    response.end(JSON.stringify(FINE[path]?.[0]?.body));
  };
  await against(listener, (runtime) =>
    send(dingtalkBot.open(SECRETS, runtime), { name: 'a.zip', size: 10 * MB, bytes: bytes() }),
  );
  expect(received[0]).toBeGreaterThan(10 * MB);
});

async function lengthOf(request: IncomingMessage, begun: () => void): Promise<number> {
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > 4 * MB) begun();
  });
  await once(request, 'end');
  return length;
}
