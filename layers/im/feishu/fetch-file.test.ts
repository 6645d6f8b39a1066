import type { ChatMessage, FileContent, SharedFile } from '../chat-app';
import { all, failureOf, MEGABYTE, picture } from './files.fixture';
import { type AtWork, atWork } from './workplace.fixture';

let here: AtWork;
beforeEach(async () => {
  here = await atWork();
  await here.workplace.subscribe(here.callbackUrl);
});
afterEach(() => here.close());

function last(): ChatMessage {
  const callback = here.callbacks.at(-1);
  if (!callback || !('kind' in callback) || callback.kind !== 'message') throw new Error(`no message: ${callback}`);
  return callback.message;
}

async function share(name: string, bytes: Uint8Array, kind: SharedFile['kind'] = 'file'): Promise<ChatMessage> {
  await here.workplace.share(here.people[0], here.group.id, { name, kind, bytes });
  return last();
}

async function fetched(message: ChatMessage, at = 0): Promise<FileContent> {
  const file = message.files?.[at];
  const content = file && (await here.app.fetchFile?.(file, message));
  if (!content) throw new Error('nothing was shared');
  return content;
}

it.each([0, 1, 5 * MEGABYTE, 40 * MEGABYTE])('gives %i bytes as they were shared', async (size) => {
  const bytes = Buffer.alloc(size, '日志\n');
  const { name, size: told, bytes: given } = await fetched(await share('实例 "i-1" 的日志.log', bytes));
  expect([name, told]).toEqual(['实例 "i-1" 的日志.log', size]);
  expect((await all(given)).equals(bytes)).toBe(true);
});

it('gives a picture a name, which Feishu says with its bytes only', async () => {
  const { name, bytes } = await fetched(await share('截图 1.png', picture('png'), 'image'));
  expect(name).toBe('截图 1.png');
  expect(await all(bytes)).toEqual(picture('png'));
});

it('gives every picture and film of one message', async () => {
  await here.workplace.write(here.people[0], here.group.id, '请看两张图', [
    { name: '一.png', kind: 'image', bytes: picture('png', 1) },
    { name: '二.png', kind: 'image', bytes: picture('png', 2) },
    { name: '录屏.mp4', kind: 'file', bytes: Buffer.from('film') },
  ]);
  const message = last();
  expect(message).toMatchObject({
    text: '请看两张图',
    files: [{ kind: 'image' }, { kind: 'image' }, { kind: 'file' }],
  });
  const contents = await Promise.all([0, 1, 2].map((at) => fetched(message, at)));
  expect(contents.map(({ name }) => name)).toEqual(['一.png', '二.png', '录屏.mp4']);
  const bytes = await Promise.all(contents.map((content) => all(content.bytes)));
  expect(bytes).toEqual([picture('png', 1), picture('png', 2), Buffer.from('film')]);
});

it('never holds a large file as a whole', async () => {
  const { bytes } = await fetched(await share('core.dump', Buffer.alloc(100 * MEGABYTE)));
  const before = held();
  let [size, most] = [0, 0];
  for await (const chunk of bytes) {
    size += chunk.length;
    most = Math.max(most, held() - before);
  }
  expect(size).toBe(100 * MEGABYTE);
  expect(most).toBeLessThan(64 * MEGABYTE);
});

const held = () => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

it.each([
  ['was taken back', (message: ChatMessage) => here.workplace.recall(message.id), '230110', /recalled/],
  ['is in a chat without the bot', () => here.workplace.expel(here.group.id), '234004', /add it in the group/],
  ['may not be downloaded', () => here.workplace.restrict(here.group.id), '234038', /share the file elsewhere/],
])('says what to do about a file that %s', async (_, spoil, code, words) => {
  const message = await share('a.txt', Buffer.from('a'));
  spoil(message);
  const error = await failureOf(fetched(message));
  expect(error).toMatchObject({ code, retryable: false });
  expect(error.message).toMatch(words);
});

it('says that a file is too large', async () => {
  const error = await failureOf(fetched(await share('a.zip', Buffer.alloc(100 * MEGABYTE + 1))));
  expect(error).toMatchObject({ code: '234037', retryable: false, message: expect.stringMatching(/over 100 MB/) });
});

it('takes nothing out of another message, or another path', async () => {
  const [mine, other] = [await share('a.txt', Buffer.from('a')), await share('b.txt', Buffer.from('b'))];
  const file = mine.files?.[0] ?? { key: '', kind: 'file' };
  expect(await failureOf(here.app.fetchFile?.(file, other))).toMatchObject({ code: '234003', retryable: false });
  const calls = here.workplace.rejections.length;
  for (const key of ['', '../../../bot/v3/info', 'a?b', 'a/b'])
    expect(await failureOf(here.app.fetchFile?.({ ...file, key }, mine))).toMatchObject({ retryable: false });
  expect(here.workplace.rejections).toHaveLength(calls);
});

it.each(['error', 'throttle', 'lost', 'hang'] as const)('may try again after %s', async (trouble) => {
  const message = await share('a.txt', Buffer.from('a'));
  here.workplace.injectFault('/resources/', trouble, 1);
  expect(await failureOf(fetched(message))).toMatchObject({ retryable: true });
  expect((await all((await fetched(message)).bytes)).toString()).toBe('a');
});
