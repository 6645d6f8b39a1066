import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { printError } from '../against.fixture';
import type { ChatApp, ChatMessage, Conversation, FileContent, SharedFile } from '../chat-app';
import { ENCRYPTED } from './event.fixture';
import { failureOf, inTurn, MEGABYTE, megabytes, TOKEN, withFakeFeishu } from './fake-feishu.fixture';
import { fileName } from './files';
import { openTestWorkspace, type TestWorkspace } from './workspace.fixture';

const FILE = { key: 'file_v3_0041', kind: 'file' as const };
const IMAGE = { key: 'img_v3_0041', kind: 'image' as const };
const TO: Conversation = { id: 'oc_1', kind: 'group' };
const MESSAGE: ChatMessage = {
  id: 'om_1',
  platform: 'feishu',
  conversation: TO,
  sender: { id: 'ou_1' },
  text: '',
  isForBot: true,
  sentAt: 0,
};

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* failing(...chunks: string[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
  throw new Error('this source fails');
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

const toFile = (name: string, content: string | Uint8Array) => {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, bytes: oneChunk(bytes) };
};

/** The beginning of an image, with width and height where its format has them there. */
function image(format: 'png' | 'gif' | 'jpg' | 'webp' | 'tiff', side = 40, size = 64): Buffer {
  const bytes = Buffer.alloc(size);
  const signatures = { png: '\x89PNG\r\n\x1a\n', gif: 'GIF89a', jpg: '\xff\xd8\xff', webp: 'RIFF', tiff: 'II*\0' };
  bytes.write(signatures[format], 'latin1');
  if (format === 'webp') bytes.write('WEBP', 8);
  if (format === 'png') bytes.writeUInt32BE(side, bytes.writeUInt32BE(side, 16));
  if (format === 'gif') bytes.writeUInt16LE(side, bytes.writeUInt16LE(side, 6));
  return bytes;
}

describe('fetchFile()', () => {
  const respond =
    (body: string, headers: Record<string, string> = {}, status = 200): RequestListener =>
    (_, response) =>
      response.writeHead(status, headers).end(body);
  const fetchWith =
    <Result>(use: (content: FileContent) => Promise<Result>) =>
    async (app: ChatApp) => {
      const content = await app.fetchFile?.(FILE, MESSAGE);
      return content && use(content);
    };
  const fetchText = fetchWith(async ({ bytes }) => String(await readAll(bytes)));

  it('requests the file with its kind, and the header that makes Feishu send its name', async () => {
    const { calls } = await withFakeFeishu(respond('x'), fetchText);
    const path = '/open.feishu.cn/open-apis/im/v1/messages/om_1/resources/file_v3_0041?type=file';
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    expect(calls).toMatchObject([{ path, headers }]);
  });

  it('streams: the first bytes arrive before the last are sent', async () => {
    let sendRest: (() => void) | undefined;
    const listener: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '6' }).write('abc');
      sendRest = () => response.end('def');
    };
    const fetchChunks = fetchWith(async ({ size, bytes }) => {
      const texts = [String(size)];
      for await (const chunk of bytes) {
        texts.push(Buffer.from(chunk).toString());
        sendRest?.();
      }
      return texts;
    });
    expect((await withFakeFeishu(listener, fetchChunks)).result).toEqual(['6', 'abc', 'def']);
  });

  it('requests no more bytes than the reader takes, apart from the buffers of the connection', async () => {
    let written = 0;
    const listener: RequestListener = async (_, response) => {
      for await (const chunk of megabytes(60)) {
        written += chunk.length;
        if (!response.write(chunk)) await once(response, 'drain');
      }
      response.end();
    };
    const readSlowly = fetchWith(async ({ bytes }) => {
      let [read, inFlight] = [0, 0];
      for await (const chunk of bytes) {
        read += chunk.length;
        inFlight = Math.max(inFlight, written - read);
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { read, inFlight };
    });
    const { result } = await withFakeFeishu(listener, readSlowly);
    expect(result?.read).toBe(60 * MEGABYTE);
    expect(result?.inFlight).toBeLessThan(30 * MEGABYTE);
  });

  it.each(['is cut', 'falls silent'])('fails with a retryable error when the connection %s', async (event) => {
    const listener: RequestListener = (request, response) => {
      response.writeHead(200, { 'content-length': '6' });
      response.write('abc', () => event === 'is cut' && request.socket.destroy());
    };
    const { error } = await withFakeFeishu(listener, fetchText);
    expect(error).toMatchObject({ platform: 'feishu', retryable: true });
  });

  it('closes the connection when the reader stops', async () => {
    let closed: Promise<void> | undefined;
    const listener: RequestListener = (_, response) => {
      closed = once(response, 'close').then(() => undefined);
      const write = () => void (response.write(Buffer.alloc(64 * 1024)) ? setImmediate(write) : 0);
      response.on('drain', write).on('error', () => undefined);
      write();
    };
    const stopEarly = fetchWith(async ({ bytes }) => {
      for await (const _ of bytes) break;
      await closed;
      return 'closed';
    });
    expect((await withFakeFeishu(listener, stopEarly)).result).toBe('closed');
  });

  it.each([
    [200, { code: 99991403, msg: 'monthly quota' }, { retryable: false, code: '99991403' }],
    [200, { code: 234003, msg: 'File not in message.' }, { retryable: false, code: '234003' }],
    [400, { code: 234040, msg: 'invisible' }, { retryable: false, code: '234040' }],
    [400, { code: 234019, msg: 'scope' }, { retryable: true, code: '234019' }],
    [500, { code: 777, msg: 'hm' }, { retryable: true }],
    [302, {}, { retryable: false }],
  ])('does not return HTTP %i with %j as the file', async (status, body, facts) => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const { error } = await withFakeFeishu(respond(JSON.stringify(body), headers, status), fetchText);
    expect(error).toMatchObject({ name: 'DeliveryError', ...facts });
  });

  it.each([
    ['is no rejection', '{"code":"E1","msg":"boom"}', {}],
    ['is a list', '[1]', {}],
    ['is longer than a rejection', JSON.stringify({ code: 1, msg: 'x'.repeat(9000) }), {}],
    ['has a name', '{"code":1,"msg":"no"}', { 'content-disposition': 'attachment; filename=a.json' }],
  ])('returns JSON that %s as the file', async (_, body, headers) => {
    const listener = respond(body, { 'content-type': 'application/json', ...headers });
    expect((await withFakeFeishu(listener, fetchText)).result).toBe(body);
  });

  it('fetches a new token when Feishu rejects it', async () => {
    const responses = inTurn([400, { code: 99991663, msg: 'Invalid access token' }], [200, 'ok']);
    const { result, tokens } = await withFakeFeishu(responses, fetchText);
    expect([result, tokens]).toEqual(['ok', 2]);
  });

  it('keeps secrets out of errors', async () => {
    const { appSecret, encryptKey } = ENCRYPTED;
    const leaky = `${TOKEN} ${appSecret} ${encryptKey}`;
    for (const listener of [respond(JSON.stringify({ code: 1, msg: leaky }), {}, 400), respond(leaky, {}, 500)]) {
      const printed = printError((await withFakeFeishu(listener, fetchText)).error as Error);
      for (const secret of [TOKEN, appSecret, encryptKey, '127.0.0.1', 'open-apis'])
        expect(printed).not.toContain(secret);
    }
  });
});

const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const disposition = (value: string) => ({ 'content-disposition': value });

it.each<[string, SharedFile, Record<string, string>, string]>([
  ['in the message', { ...FILE, name: '日志.txt' }, disposition('filename="a.txt"'), '日志.txt'],
  ['in the response, in UTF-8', IMAGE, disposition(latin1('attachment; filename="截图.png"')), '截图.png'],
  ['percent-encoded', IMAGE, disposition('attachment; filename="%E5%9B%BE.png"'), '图.png'],
  ['extended', IMAGE, disposition("attachment; filename=x; filename*=UTF-8''%E5%9B%BE.png"), '图.png'],
  ['without quotes', IMAGE, disposition('attachment; filename=a.png; x=y'), 'a.png'],
  ['with quotes in it', IMAGE, disposition('filename="a \\"b\\".png"'), 'a "b".png'],
  ['with a percent sign', IMAGE, disposition('filename="100%.png"'), '100%.png'],
  ['made of its kind', IMAGE, { 'content-type': 'image/jpeg' }, 'image_3_0041.jpg'],
  ['without an extension', { ...FILE, name: '会议录音' }, { 'content-type': 'audio/ogg' }, '会议录音.ogg'],
  ['unknown', FILE, {}, 'file_3_0041'],
  ['a path', { ...FILE, name: '../../etc/passwd' }, {}, '.._.._etc_passwd'],
  ['several lines', { ...FILE, name: 'a\\b\r\nc\0.txt' }, {}, 'a_b__c_.txt'],
])('fileName() reads a name that is %s', (_, file, headers, name) => {
  expect(fileName(file, headers)).toBe(name);
});

describe('sendFile()', () => {
  it('streams: bytes are sent before the last one is read', async () => {
    let received = 0;
    const listener: RequestListener = (request, response) => {
      request.on('data', (chunk) => {
        received += chunk.length;
      });
      request.on('end', () => response.end('{"code":0,"data":{"file_key":"f","message_id":"om_1"}}'));
    };
    async function* waiting(): AsyncIterable<Uint8Array> {
      for await (const chunk of megabytes(4)) {
        yield chunk;
        while (received === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const file = { name: 'a.bin', size: 4 * MEGABYTE, bytes: waiting() };
    await withFakeFeishu(listener, (app) => app.sendFile?.(file, TO));
    expect(received).toBeGreaterThan(4 * MEGABYTE);
  });

  it('does not repeat an upload when the token is rejected: the next call has a new token', async () => {
    const success = [200, { code: 0, data: { file_key: 'f' } }] as const;
    const responses = inTurn([400, { code: 99991663, msg: 'Invalid access token' }], success, success);
    const { error, calls, tokens } = await withFakeFeishu(responses, async (app) => {
      const first = await failureOf(app.sendFile?.(toFile('a.txt', 'a'), TO));
      expect(first).toMatchObject({ code: '99991663', retryable: true });
      await app.sendFile?.(toFile('a.txt', 'a'), TO);
    });
    expect([error, calls.length, tokens]).toEqual([undefined, 3, 2]);
  });

  it.each([
    ['<html>', { retryable: true, outcomeUnknown: 'unclear' }],
    ['{"code":0,"data":{"file_key":"../x"}}', { retryable: false }],
    ['{"code":234042,"msg":"full"}', { retryable: false }],
    ['{"code":232096,"msg":"stopped"}', { retryable: true }],
  ])('does not read the response %s as a key', async (body, facts) => {
    const { error } = await withFakeFeishu(inTurn([200, body]), (app) => app.sendFile?.(toFile('a.txt', 'a'), TO));
    expect(error).toMatchObject({ name: 'DeliveryError', ...facts });
  });

  it.each([
    ['is empty', 0, /empty/],
    ['is over 30 MB', 30 * MEGABYTE + 1, /over 30 MB/],
  ])('rejects a file that %s before it reads it', async (_, size, reason) => {
    const file = { name: 'a.zip', size, bytes: failing() };
    const { error, calls } = await withFakeFeishu(inTurn([200, {}]), (app) => app.sendFile?.(file, TO));
    expect(error).toMatchObject({ payloadRejected: true, retryable: false, message: expect.stringMatching(reason) });
    expect(calls).toEqual([]);
  });

  it.each([[failing()], [failing('x'.repeat(100))]])('is retryable when the source fails', async (bytes) => {
    const file = { name: 'a.txt', size: 3e6, bytes };
    const { error } = await withFakeFeishu(inTurn([200, {}]), (app) => app.sendFile?.(file, TO));
    expect(error).toMatchObject({ name: 'DeliveryError', retryable: true });
  });
});

describe('in the emulated workspace', () => {
  let test: TestWorkspace;
  let to: Conversation;
  beforeEach(async () => {
    test = await openTestWorkspace({ timeoutMs: 10_000 });
    await test.workspace.subscribe(test.callbackUrl);
    to = { id: test.group.id, kind: 'group' };
  });
  afterEach(() => test.close());

  function last(): ChatMessage {
    const callback = test.callbacks.at(-1);
    if (!callback || !('kind' in callback) || callback.kind !== 'message') throw new Error(`no message: ${callback}`);
    return callback.message;
  }

  async function share(name: string, bytes: Uint8Array, kind: SharedFile['kind'] = 'file'): Promise<ChatMessage> {
    await test.workspace.share(test.people[0], test.group.id, { name, kind, bytes });
    return last();
  }

  async function fetchShared(message: ChatMessage, index = 0): Promise<FileContent> {
    const file = message.files?.[index];
    const content = file && (await test.app.fetchFile?.(file, message));
    if (!content) throw new Error('nothing was shared');
    return content;
  }

  const sent = () => test.group.posts.map(({ payload }) => Object(payload).msg_type);
  const send = (name: string, content: string | Uint8Array) => test.app.sendFile?.(toFile(name, content), to, 'k');

  it.each([0, 1, 5 * MEGABYTE])('a shared file of %i bytes is fetched unchanged', async (size) => {
    const shared = Buffer.alloc(size, '日志\n');
    const { name, size: fetchedSize, bytes } = await fetchShared(await share('实例 "i-1" 的日志.log', shared));
    expect([name, fetchedSize]).toEqual(['实例 "i-1" 的日志.log', size]);
    expect((await readAll(bytes)).equals(shared)).toBe(true);
  });

  it('every image and video of one message is fetched, with its name', async () => {
    await test.workspace.write(test.people[0], test.group.id, '请看两张图', [
      { name: '一.png', kind: 'image', bytes: image('png', 1) },
      { name: '录屏.mp4', kind: 'file', bytes: Buffer.from('film') },
    ]);
    const message = last();
    expect(message).toMatchObject({ text: '请看两张图', files: [{ kind: 'image' }, { kind: 'file' }] });
    const contents = await Promise.all([0, 1].map((index) => fetchShared(message, index)));
    expect(contents.map(({ name }) => name)).toEqual(['一.png', '录屏.mp4']);
    const bytes = await Promise.all(contents.map((content) => readAll(content.bytes)));
    expect(bytes).toEqual([image('png', 1), Buffer.from('film')]);
  });

  it.each<[string, (message: ChatMessage) => void, string, RegExp]>([
    ['was recalled', ({ id }) => test.workspace.recall(id), '230110', /recalled/],
    ['is in a chat without the bot', () => test.workspace.expel(to.id), '234004', /add it in the group/],
    ['may not be downloaded', () => test.workspace.restrict(to.id), '234038', /share the file elsewhere/],
  ])('a file that %s is rejected with what to do', async (_, prepare, code, reason) => {
    const message = await share('a.txt', Buffer.from('a'));
    prepare(message);
    const error = await failureOf(fetchShared(message));
    expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(reason) });
  });

  it('a file over 100 MB is rejected', async () => {
    const error = await failureOf(fetchShared(await share('a.zip', Buffer.alloc(100 * MEGABYTE + 1))));
    expect(error).toMatchObject({ code: '234037', retryable: false, message: expect.stringMatching(/over 100 MB/) });
  });

  it('a file is not fetched from another message or another path', async () => {
    const [mine, other] = [await share('a.txt', Buffer.from('a')), await share('b.txt', Buffer.from('b'))];
    const file = mine.files?.[0] ?? FILE;
    expect(await failureOf(test.app.fetchFile?.(file, other))).toMatchObject({ code: '234003', retryable: false });
    const { length } = test.workspace.rejections;
    for (const key of ['', '../../../bot/v3/info', 'a?b', 'a/b'])
      expect(await failureOf(test.app.fetchFile?.({ ...file, key }, mine))).toMatchObject({ retryable: false });
    expect(test.workspace.rejections).toHaveLength(length);
  });

  it.each(['诊断 "报告"; v2.txt', 'a.pdf', 'a.DOCX', 'a.mp4', 'noextension', '.env', '  ', 'a\r\nb: c.txt'])(
    'a file with the name %j is sent',
    async (name) => {
      const content = Buffer.from('第一行\r\n--\r\n"二"');
      await send(name, content);
      expect(sent()).toEqual(['file']);
      const [file] = test.group.posts[0]?.files ?? [];
      expect(Buffer.from(file?.bytes ?? [])).toEqual(content);
      if (name.startsWith('诊断')) expect(file?.name).toBe(name);
      expect(test.workspace.rejections).toEqual([]);
    },
  );

  it.each<[string, string, Buffer, 'image' | 'file']>([
    ['a PNG', 'a.png', image('png'), 'image'],
    ['a GIF', 'a.gif', image('gif'), 'image'],
    ['a JPEG without an extension', 'photo', image('jpg'), 'image'],
    ['a WebP', 'a.webp', image('webp'), 'image'],
    ['a PNG of 10 MB', 'a.png', image('png', 40, 10 * MEGABYTE), 'image'],
    ['a PNG of over 10 MB', 'a.png', image('png', 40, 10 * MEGABYTE + 1), 'file'],
    ['a PNG with too many pixels', 'a.png', image('png', 12_001), 'file'],
    ['a GIF with too many pixels', 'a.gif', image('gif', 2_001), 'file'],
    ['a TIFF', 'a.tiff', image('tiff'), 'file'],
    ['text with the name of an image', 'a.png', Buffer.from('not an image at all, but several words'), 'file'],
    ['the beginning of a PNG', 'a.png', image('png').subarray(0, 20), 'file'],
  ])('%s (%s) is sent in a form that Feishu accepts', async (_, name, bytes, kind) => {
    await send(name, bytes);
    expect(sent()).toEqual([kind]);
    expect(bytes.equals(test.group.posts[0]?.files?.[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(test.workspace.rejections).toEqual([]);
  });

  it('a file of 30 MB is sent', async () => {
    await test.app.sendFile?.({ name: '日志.gz', size: 30 * MEGABYTE, bytes: megabytes(30) }, to);
    expect(test.group.posts[0]?.files?.[0]?.bytes).toHaveLength(30 * MEGABYTE);
  });

  it.each([
    ['/files', 'lost'],
    ['/files', 'error'],
    ['/messages', 'lost'],
  ] as const)(
    'a file is shown once when the response of %s is %s, next to a card with the same key',
    async (path, kind) => {
      await test.app.send({ title: '回复', severity: 'info' }, to, 'k');
      test.workspace.injectFault(path, kind, 1);
      expect(await failureOf(send('a.txt', 'a'))).toMatchObject({ retryable: true });
      for (let attempt = 0; attempt < 2; attempt++) await send('a.txt', 'a');
      expect(sent()).toEqual(['interactive', 'file']);
    },
  );
});
