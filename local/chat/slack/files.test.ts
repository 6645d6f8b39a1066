import { createHash, randomFillSync } from 'node:crypto';
import type { Conversation, FileContent } from '@casebell/im/bots';
import { type Bot, startBot } from './bot.fixture';
import { CHANNEL, directId } from './organisation';

const LI = 'U0LILEI001';
const MB = 1024 * 1024;
const TO: Conversation = { id: CHANNEL, kind: 'group' };

let bot: Bot;
beforeEach(async () => {
  bot = await startBot({ timeoutMs: 8000 });
});
afterEach(() => bot.close());

const talk = (id: string) => bot.workspace.conversations.find((each) => each.id === id);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000);
}

const fileOf = (name: string, bytes: Uint8Array) => ({ name, size: bytes.length, bytes: inPieces(bytes) });

async function read(content: FileContent | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content?.bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Fetches the latest file that the bot has heard of. */
async function fetchLatest(): Promise<FileContent | undefined> {
  const message = bot.heard.at(-1);
  const file = message?.files?.at(-1);
  if (!message || !file) throw new Error('The bot has heard of no file.');
  return bot.app.fetchFile?.(file, message);
}

it.each([
  ['空.log', 0],
  ['事故 报告 (最终).txt', 5 * MB],
  ['dump.bin', 40 * MB],
])('fetches what a person has shared, byte by byte: %s', async (name, size) => {
  const bytes = randomFillSync(Buffer.alloc(size));
  await bot.workspace.share(LI, CHANNEL, { name, kind: 'file', bytes });
  const content = await fetchLatest();
  expect(content).toMatchObject({ name, size });
  expect(digest(await read(content))).toBe(digest(bytes));
});

it.each([
  ['a.log', 1],
  ['中文 名字 "&.txt', 5 * MB],
  ['dump.bin', 40 * MB],
])('puts a file into the chat, byte by byte: %s', async (name, size) => {
  const bytes = randomFillSync(Buffer.alloc(size));
  await bot.app.sendFile?.(fileOf(name, bytes), TO);
  const post = talk(CHANNEL)?.posts.at(-1);
  expect(post).toMatchObject({ by: 'bot', view: { lines: [`📎 ${name}`] }, files: [{ name }] });
  expect(digest(post?.files?.[0]?.bytes ?? new Uint8Array())).toBe(digest(bytes));
});

it('keeps with a post what a person has shared in it', async () => {
  await bot.workspace.share(LI, directId(LI), { name: '截图.png', kind: 'image', bytes: Buffer.from('png') });
  expect(talk(directId(LI))?.posts.at(-1)).toMatchObject({
    by: LI,
    view: { lines: ['📎 截图.png'] },
    files: [{ name: '截图.png', bytes: Buffer.from('png') }],
  });
});

it('puts a file into a thread, and does not take it for what a person shared', async () => {
  const card = { title: '工单 42', severity: 'info' as const };
  const place = { name: '工单 42', members: [], link: { label: 'x', url: 'https://a.example' }, card };
  const opened = await bot.app.createThread?.(place, TO, 'case-42');
  await bot.app.sendFile?.(fileOf('a.log', Buffer.from('x')), opened ?? TO);
  expect(talk(opened?.thread ?? '')?.posts.map(({ by }) => by)).toEqual(['bot', 'bot']);
  expect(talk(CHANNEL)?.posts).toHaveLength(1);
  await bot.workspace.say(LI, opened?.thread ?? '', '收到');
  expect(bot.heard.map(({ text }) => text)).toEqual(['收到']);
  expect(new Set(bot.unheard)).toEqual(new Set(['from a bot']));
});

it('shares a file once, also when the answer was lost, and shares one that was not', async () => {
  const again = () => bot.app.sendFile?.(fileOf('a.log', Buffer.from('x')), TO, 'file-1', true);
  bot.workspace.injectFault('files.completeUploadExternal', 'lost', 1);
  const first = bot.app.sendFile?.(fileOf('a.log', Buffer.from('x')), TO, 'file-1');
  await expect(first).rejects.toMatchObject({ retryable: true, uncertain: 'unanswered' });
  await again();
  expect(talk(CHANNEL)?.posts).toHaveLength(1);
  for (const [path, kind] of [
    ['files.getUploadURLExternal', 'throttle'],
    ['/upload/', 'error'],
    ['/upload/', 'lost'],
    ['files.completeUploadExternal', 'error'],
  ] as const) {
    bot.workspace.injectFault(path, kind, 1);
    const file = fileOf(`${path} ${kind}`, Buffer.from('y'));
    await expect(bot.app.sendFile?.(file, TO)).rejects.toMatchObject({ retryable: true });
    expect(talk(CHANNEL)?.posts).toHaveLength(1);
  }
});

it('says a card once, also when the answer was lost', async () => {
  const card = { title: '回复', severity: 'info' as const, quote: '很长的回复。'.repeat(2500) };
  bot.workspace.injectFault('chat.postMessage', 'lost', 1);
  await expect(bot.app.send(card, TO, 'k')).rejects.toMatchObject({ uncertain: 'unanswered' });
  await bot.app.send(card, TO, 'k', true);
  const titles = talk(CHANNEL)?.posts.map(({ view }) => view.title) ?? [];
  expect(titles.length).toBeGreaterThan(2);
  expect(new Set(titles).size).toBe(titles.length);
  await bot.app.send(card, TO, 'k', true);
  expect(talk(CHANNEL)?.posts).toHaveLength(titles.length);
});

it('says what to do where the bot may not have the file, and where there is none any more', async () => {
  await bot.workspace.share(LI, CHANNEL, { name: 'a.log', kind: 'file', bytes: Buffer.from('x') });
  await bot.workspace.say(LI, CHANNEL, '/remove @Casebell');
  await expect(fetchLatest()).rejects.toMatchObject({ code: 'file_not_found', retryable: false });
  const sent = bot.app.sendFile?.(fileOf('a.log', Buffer.from('x')), TO);
  await expect(sent).rejects.toThrow(/\/invite/);
  await bot.workspace.say(LI, CHANNEL, '/invite @Casebell');
  expect((await read(await fetchLatest())).toString()).toBe('x');
  bot.clock.now += 91 * 24 * 60 * 60 * 1000;
  await expect(fetchLatest()).rejects.toThrow(/share it again/);
});
