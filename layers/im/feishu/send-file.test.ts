import type { RequestListener } from 'node:http';
import { against } from '../against.fixture';
import type { Conversation } from '../chat-app';
import { feishuBot } from './bot';
import { ENCRYPTED } from './event.fixture';
import { chunks, failureOf, fileOf, MEGABYTE, picture } from './files.fixture';
import { type AtWork, atWork } from './workplace.fixture';

let here: AtWork;
let to: Conversation;
beforeEach(async () => {
  here = await atWork({ timeout: 3_000 });
  to = { id: here.group.id, kind: 'group' };
});
afterEach(() => here.close());

const send = (name: string, bytes: Uint8Array, idempotencyKey?: string) =>
  here.app.sendFile?.(fileOf(name, bytes), to, idempotencyKey);
const said = () => here.group.posts.map(({ payload }) => Object(payload).msg_type);

it('puts a file into a chat, under its name', async () => {
  const bytes = Buffer.from('第一行\r\n--\r\n"二"');
  await send('诊断 "报告"; v2.txt', bytes);
  expect(here.group.posts).toMatchObject([
    { by: 'bot', view: { lines: ['[诊断 "报告"; v2.txt]'] }, files: [{ name: '诊断 "报告"; v2.txt' }] },
  ]);
  expect(Buffer.from(here.group.posts[0]?.files?.[0]?.bytes ?? [])).toEqual(bytes);
});

it.each([
  'a.pdf',
  'a.DOCX',
  'a.xls',
  'a.pptx',
  'a.zip',
  'a.mp4',
  'a.opus',
  'noextension',
  '.env',
  '  ',
  'a\r\nb: c.txt',
])('takes %j', async (name) => {
  await send(name, Buffer.from('x'));
  expect(said()).toEqual(['file']);
  expect(here.workplace.rejections).toEqual([]);
});

it.each([
  ['a PNG', 'a.png', picture('png'), 'image'],
  ['a GIF', 'a.gif', picture('gif'), 'image'],
  ['a JPEG without a name of one', 'photo', picture('jpg'), 'image'],
  ['a WebP', 'a.webp', picture('webp'), 'image'],
  ['10 MB of PNG', 'a.png', picture('png', 40, 10 * MEGABYTE), 'image'],
  ['more than 10 MB of PNG', 'a.png', picture('png', 40, 10 * MEGABYTE + 1), 'file'],
  ['a PNG with too many pixels', 'a.png', picture('png', 12_001), 'file'],
  ['a GIF with too many pixels', 'a.gif', picture('gif', 2_001), 'file'],
  ['a TIFF, which would not stay one', 'a.tiff', picture('tiff'), 'file'],
  ['words that are called a picture', 'a.png', Buffer.from('not a picture at all, but several words'), 'file'],
  ['the beginning of a PNG', 'a.png', picture('png').subarray(0, 20), 'file'],
])('shows %s (%s) as it can be shown', async (_, name, bytes, kind) => {
  await send(name, bytes);
  expect(said()).toEqual([kind]);
  expect(bytes.equals(here.group.posts[0]?.files?.[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  expect(here.workplace.rejections).toEqual([]);
});

it.each([5 * MEGABYTE, 30 * MEGABYTE])('sends %i bytes', async (size) => {
  await here.close();
  // Both halves share one thread, and the other one is busy with so many bytes.
  here = await atWork({ timeout: 10_000 });
  to = { id: here.group.id, kind: 'group' };
  await here.app.sendFile?.({ name: '日志.gz', size, bytes: chunks(size) }, to);
  expect(here.group.posts[0]?.files?.[0]?.bytes).toHaveLength(size);
});

it.each([
  ['empty', 0, /empty/],
  ['over 30 MB', 30 * MEGABYTE + 1, /over 30 MB/],
  ['40 MB', 40 * MEGABYTE, /over 30 MB/],
])('refuses a file that is %s before it reads it', async (_, size, words) => {
  const bytes = unreadable();
  const error = await failureOf(here.app.sendFile?.({ name: 'a.zip', size, bytes }, to));
  expect(error).toMatchObject({ payloadRejected: true, retryable: false, message: expect.stringMatching(words) });
});

async function* unreadable(): AsyncIterable<Uint8Array> {
  yield* [];
  throw new Error('this was read');
}

it.each([
  ['/files', 'lost'],
  ['/files', 'hang'],
  ['/files', 'error'],
  ['/messages', 'lost'],
  ['/messages', 'hang'],
] as const)('says a file once when the answer about %s was %s', async (path, trouble) => {
  here.workplace.injectFault(path, trouble, 1);
  expect(await failureOf(send('a.txt', Buffer.from('a'), 'k'))).toMatchObject({ retryable: true });
  await here.app.sendFile?.(fileOf('a.txt', Buffer.from('a')), to, 'k', true);
  await send('a.txt', Buffer.from('a'), 'k');
  expect(said()).toEqual(['file']);
});

it('says a card and a file under the same key', async () => {
  await here.app.send({ title: '回复', severity: 'info' }, to, 'k');
  await send('a.txt', Buffer.from('a'), 'k');
  expect(said()).toEqual(['interactive', 'file']);
});

it('says what to do where it may not speak', async () => {
  here.workplace.expel(to.id);
  expect(await failureOf(send('a.txt', Buffer.from('a')))).toMatchObject({ code: '230002', retryable: false });
});

it('may try again when the file does not come', async () => {
  const early = failureOf(here.app.sendFile?.({ name: 'a.txt', size: 1, bytes: unreadable() }, to));
  expect(await early).toMatchObject({ retryable: true, message: expect.stringMatching(/from its source/) });
  const late = failureOf(here.app.sendFile?.({ name: 'a.txt', size: 3e6, bytes: breaking() }, to));
  expect(await late).toMatchObject({ retryable: true });
  expect(here.group.posts).toEqual([]);
});

async function* breaking(): AsyncIterable<Uint8Array> {
  yield* chunks(1e6);
  throw new Error('it broke');
}

const TOKEN = JSON.stringify({ code: 0, tenant_access_token: 't-1', expire: 7200 });

it('sends on before it has read the last byte', async () => {
  let arrived = 0;
  const listener: RequestListener = (request, response) => {
    if (request.url?.includes('tenant_access_token')) return void response.end(TOKEN);
    request.on('data', (chunk) => {
      arrived += chunk.length;
    });
    request.on('end', () => response.end('{"code":0,"data":{"file_key":"f","message_id":"om_1"}}'));
  };
  async function* waiting(): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks(4 * MEGABYTE)) {
      yield chunk;
      while (arrived === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const file = { name: 'a.bin', size: 4 * MEGABYTE, bytes: waiting() };
  await against(listener, async (runtime) => feishuBot.open(ENCRYPTED, runtime).sendFile?.(file, to));
  expect(arrived).toBeGreaterThan(4 * MEGABYTE);
});

it('has a new token for the next try when Feishu wants no more of the old one', async () => {
  const answers = [
    [400, { code: 99991663, msg: 'Invalid access token' }],
    [200, { code: 0, data: { file_key: 'f' } }],
    [200, { code: 0, data: {} }],
  ] as const;
  let [tokens, asked] = [0, 0];
  const listener: RequestListener = (request, response) => {
    if (request.url?.includes('tenant_access_token')) {
      tokens++;
      return void response.end(TOKEN);
    }
    const [status, body] = answers[asked++] ?? [404, {}];
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
  };
  await against(listener, async (runtime) => {
    const app = feishuBot.open(ENCRYPTED, runtime);
    const error = await failureOf(app.sendFile?.(fileOf('a.txt', Buffer.from('a')), to));
    expect(error).toMatchObject({ code: '99991663', retryable: true });
    await app.sendFile?.(fileOf('a.txt', Buffer.from('a')), to);
  });
  expect([tokens, asked]).toEqual([2, 3]);
});

it.each([
  ['<html>', { retryable: true, outcomeUnknown: 'unclear' }],
  ['{"code":0,"data":{"file_key":"../x"}}', { retryable: false }],
  ['{"code":234042,"msg":"full"}', { retryable: false }],
  ['{"code":232096,"msg":"stopped"}', { retryable: true }],
])('does not take %s for a key', async (body, facts) => {
  const listener: RequestListener = (request, response) =>
    void request.resume().on('end', () => response.end(request.url?.includes('tenant_access_token') ? TOKEN : body));
  const send = against(listener, async (runtime) =>
    feishuBot.open(ENCRYPTED, runtime).sendFile?.(fileOf('a.txt', Buffer.from('a')), to),
  );
  expect(await failureOf(send)).toMatchObject(facts);
});
