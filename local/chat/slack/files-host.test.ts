import { type Bot, startBot } from './bot.fixture';
import { CHANNEL, SECRETS } from './organisation';

const LI = 'U0LILEI001';
const TOKEN = { authorization: `Bearer ${SECRETS.botToken}` };

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

async function call(method: string, args: Record<string, unknown>, type: 'json' | 'form' = 'json') {
  const isForm = type === 'form';
  const body = isForm ? new URLSearchParams(args as Record<string, string>) : JSON.stringify(args);
  const headers = { ...TOKEN, ...(!isForm && { 'content-type': 'application/json' }) };
  const answer = await fetch(`${bot.platforms}/slack.com/api/${method}`, { method: 'POST', headers, body });
  return Object(await answer.json());
}

const emulated = (address: string) => address.replace('https:/', bot.platforms);
const begin = (length: number) =>
  call('files.getUploadURLExternal', { filename: '报告.txt', length: String(length) }, 'form');
const complete = (id: string, more: object = {}) =>
  call('files.completeUploadExternal', { files: [{ id }], channel_id: CHANNEL, ...more });

async function upload(address: string, body: string): Promise<number> {
  return (await fetch(emulated(address), { method: 'POST', body })).status;
}

it('leads who has no token to the login page', async () => {
  await bot.workspace.share(LI, CHANNEL, { name: '截图.png', kind: 'image', bytes: Buffer.from('png') });
  const { file } = await call('files.info', { file: bot.heard[0]?.files?.[0]?.key });
  const get = (headers: Record<string, string>) =>
    fetch(emulated(file.url_private_download), { headers, redirect: 'manual' });
  for (const authorization of ['', 'Bearer xoxb-1']) {
    const answer = await get({ authorization });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/casebell-demo\.slack\.com\/\?redir=/);
  }
  const answer = await get(TOKEN);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'image/png', 'png']);
  expect(await call('files.info', { file: 'F0NOBODY00' })).toMatchObject({ error: 'file_not_found' });
});

it('gives out no address for what it does not take', async () => {
  expect(await begin(0)).toMatchObject({ error: 'missing_argument' });
  expect(await begin(1024 ** 3 + 1)).toMatchObject({ error: 'file_upload_size_restricted' });
  const asJson = await call('files.getUploadURLExternal', { filename: 'a', length: '1' });
  expect(asJson).toMatchObject({ error: 'invalid_arguments' });
  expect(await begin(1024 ** 3)).toMatchObject({ ok: true });
});

it('shares only what was uploaded as a whole, where the bot is, and once', async () => {
  const { upload_url: address, file_id: id } = await begin(3);
  expect(await upload(address.replace(id, 'F0'), 'abc')).toBe(404);
  expect(await upload(address, 'ab')).toBe(400);
  expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
  expect(await upload(address, 'abc')).toBe(200);
  expect(await complete(id, { channel_id: 'C0NOBODY00' })).toMatchObject({ error: 'channel_not_found' });
  expect(await complete(id, { thread_ts: '1.1' })).toMatchObject({ error: 'thread_not_found' });
  expect(bot.workspace.conversations[0]?.posts).toEqual([]);
  expect(await complete(id)).toMatchObject({ ok: true, files: [{ id, title: '报告.txt' }] });
  expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
  expect(bot.workspace.conversations[0]?.posts).toMatchObject([{ by: 'bot', files: [{ name: '报告.txt' }] }]);
});
