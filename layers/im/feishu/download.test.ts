import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from '../against.fixture';
import type { ChatMessage, FileContent } from '../chat-app';
import { feishuBot } from './bot';
import { ENCRYPTED } from './event.fixture';
import { all, failureOf } from './files.fixture';

const TOKEN = 't-0123456789abcdef';
const FILE = { key: 'file_v3_0041', kind: 'file' as const };
const MESSAGE: ChatMessage = {
  id: 'om_1',
  platform: 'feishu',
  conversation: { id: 'oc_1', kind: 'group' },
  sender: { id: 'ou_1' },
  text: '',
  isForBot: true,
  sentAt: 0,
};

/** Gives a token, and answers everything else with this. */
function afterToken(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (!request.url?.includes('tenant_access_token')) return listener(request, response);
    response.end(JSON.stringify({ code: 0, tenant_access_token: TOKEN, expire: 7200 }));
  };
}

const giving = (body: string, headers: Record<string, string> = {}, status = 200) =>
  afterToken((_, response) => response.writeHead(status, headers).end(body));

async function fetched<T>(listener: RequestListener, use: (content: FileContent) => Promise<T>, file = FILE) {
  return against(listener, async (runtime) => {
    const content = await feishuBot.open(ENCRYPTED, runtime).fetchFile?.(file, MESSAGE);
    if (!content) throw new Error('Feishu gives no files');
    return use(content);
  });
}

it('asks for the file with its kind, and for its name', async () => {
  let asked: unknown[] = [];
  const listener = afterToken(({ url, headers }, response) => {
    asked = [url, headers.authorization, headers['content-type']];
    response.end('x');
  });
  await fetched(listener, ({ bytes }) => all(bytes));
  const path = '/open.feishu.cn/open-apis/im/v1/messages/om_1/resources/file_v3_0041?type=file';
  expect(asked).toEqual([path, `Bearer ${TOKEN}`, 'application/json']);
});

it('gives the first bytes before Feishu has sent the last', async () => {
  let goOn: (() => void) | undefined;
  const listener = afterToken(async (_, response) => {
    response.writeHead(200, { 'content-length': '6' }).write('abc');
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    response.end('def');
  });
  const heard = await fetched(listener, async ({ size, bytes }) => {
    const texts: string[] = [String(size)];
    for await (const chunk of bytes) {
      texts.push(Buffer.from(chunk).toString());
      goOn?.();
    }
    return texts;
  });
  expect(heard).toEqual(['6', 'abc', 'def']);
});

it.each([
  ['is cut', (end: () => void) => end()],
  ['falls silent', () => undefined],
])('says so where the way %s', async (_, happen) => {
  const listener = afterToken((request, response) => {
    response.writeHead(200, { 'content-length': '6' }).write('abc');
    setTimeout(() => happen(() => request.socket.destroy()), 50);
  });
  const error = await fetched(listener, ({ bytes }) => failureOf(all(bytes)));
  expect(error).toMatchObject({ platform: 'feishu', retryable: true, message: expect.stringMatching(/broke off/) });
});

it('lets go of the connection when nobody reads on', async () => {
  const listener = afterToken((_, response) => {
    const more = setInterval(() => response.write(Buffer.alloc(64 * 1024)), 1);
    closed = once(response, 'close').then(() => clearInterval(more));
  });
  let closed: Promise<void> | undefined;
  await fetched(listener, async ({ bytes }) => {
    for await (const _ of bytes) break;
    await closed;
  });
  expect(closed).toBeDefined();
});

it.each([
  [200, { code: 99991403, msg: 'monthly quota' }, { retryable: false, code: '99991403' }],
  [200, { code: 234003, msg: 'File not in message.' }, { retryable: false, code: '234003' }],
  [400, { code: 234040, msg: 'invisible' }, { retryable: false, code: '234040' }],
  [401, { code: 234002, msg: 'Unauthorized.' }, { retryable: false, code: '234002' }],
  [400, { code: 234019, msg: 'scope' }, { retryable: true, code: '234019' }],
  [500, { code: 777, msg: 'hm' }, { retryable: true }],
  [302, {}, { retryable: false }],
])('does not take HTTP %i with %j for the file', async (status, body, facts) => {
  const listener = giving(JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8' }, status);
  expect(await failureOf(fetched(listener, ({ bytes }) => all(bytes)))).toMatchObject(facts);
});

it.each([
  ['says something else', '{"code":"E1","msg":"boom"}', {}],
  ['is a list', '[1]', {}],
  ['is longer than a refusal', JSON.stringify({ code: 1, msg: 'x'.repeat(9000) }), {}],
  ['comes with a name', '{"code":1,"msg":"no"}', { 'content-disposition': 'attachment; filename=a.json' }],
])('takes JSON for the file where it %s', async (_, body, headers) => {
  const listener = giving(body, { 'content-type': 'application/json', ...headers });
  expect(String(await fetched(listener, ({ bytes }) => all(bytes)))).toBe(body);
});

it('gets a new token when Feishu wants no more of the old one', async () => {
  let asked = 0;
  const listener = afterToken((_, response) => {
    asked++;
    if (asked > 1) return void response.end('ok');
    response.writeHead(400).end(JSON.stringify({ code: 99991663, msg: 'Invalid access token' }));
  });
  expect(String(await fetched(listener, ({ bytes }) => all(bytes)))).toBe('ok');
  expect(asked).toBe(2);
});

it('never tells a secret, even where Feishu does', async () => {
  const { appSecret, encryptKey } = ENCRYPTED;
  const listeners = [
    giving(JSON.stringify({ code: 1, msg: `${TOKEN} ${appSecret} ${encryptKey}` }), {}, 400),
    giving(`${TOKEN} ${appSecret} ${encryptKey}`, {}, 500),
    afterToken((request) => request.socket.destroy()),
  ];
  for (const listener of listeners) {
    const error = await failureOf(fetched(listener, ({ bytes }) => all(bytes)));
    const told = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
    for (const secret of [TOKEN, appSecret, encryptKey, '127.0.0.1', 'open-apis']) expect(told).not.toContain(secret);
  }
});
