import { type Bot, startBot } from './bot.fixture';
import { BOT, CHANNEL, directId, SECRETS, TEAM } from './organisation';

const [LI, ALICE] = ['U0LILEI001', 'U0ALICE003'];
const TOKEN = { authorization: `Bearer ${SECRETS.botToken}` };

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

async function call(method: string, args: object, headers: Record<string, string> = TOKEN) {
  const answer = await fetch(`${bot.platforms}/slack.com/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(args),
  });
  return {
    status: answer.status,
    wait: answer.headers.get('retry-after'),
    ...((await answer.json()) as { ts?: string }),
  };
}

const post = (args: object) => call('chat.postMessage', { channel: CHANNEL, text: 'x', ...args });
const input = (element: object) => ({ type: 'input', label: { type: 'plain_text', text: 'l' }, element });
const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
const select = (more: object) => input({ type: 'static_select', action_id: 's', options: [option('a', 'a')], ...more });
const button = (more: object) => ({ type: 'button', text: { type: 'plain_text', text: 'b' }, ...more });

it.each([
  ['no token', {}, { authorization: '' }, 'not_authed'],
  ['another token', {}, { authorization: 'Bearer xoxb-1' }, 'invalid_auth'],
  ['a channel of nobody', { channel: 'C0NOBODY00' }, TOKEN, 'channel_not_found'],
  ['nothing to say', { text: '' }, TOKEN, 'no_text'],
  ['a text that is none', { text: 7 }, TOKEN, 'invalid_arguments'],
  ['blocks that are none', { blocks: 'x' }, TOKEN, 'invalid_blocks_format'],
  ['a block of nobody', { blocks: [{ type: 'hr' }] }, TOKEN, 'invalid_blocks'],
  ['two blocks of one id', { blocks: [0, 1].map(() => ({ type: 'divider', block_id: 'x' })) }, TOKEN, 'invalid_blocks'],
  ['an input of nothing', { blocks: [input({ type: 'button' })] }, TOKEN, 'invalid_blocks'],
  ['too long an input', { blocks: [input({ type: 'plain_text_input', max_length: 3001 })] }, TOKEN, 'invalid_blocks'],
  ['no options', { blocks: [select({ options: [] })] }, TOKEN, 'invalid_blocks'],
  ['101 options', { blocks: [select({ options: Array(101).fill(option('a', 'a')) })] }, TOKEN, 'invalid_blocks'],
  ['a long option', { blocks: [select({ options: [option('a'.repeat(76), 'a')] })] }, TOKEN, 'invalid_blocks'],
  ['a long value', { blocks: [select({ options: [option('a', 'a'.repeat(151))] })] }, TOKEN, 'invalid_blocks'],
  ['a choice of none of them', { blocks: [select({ initial_option: option('z', 'z') })] }, TOKEN, 'invalid_blocks'],
  [
    'two buttons of one id',
    { blocks: [{ type: 'actions', elements: [0, 1].map(() => button({ action_id: 'x' })) }] },
    TOKEN,
    'invalid_blocks',
  ],
  [
    'a command that is too long',
    { blocks: [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }] },
    TOKEN,
    'invalid_blocks',
  ],
  ['a form in an attachment', { attachments: [{ blocks: [select({})] }] }, TOKEN, 'invalid_attachments'],
  ['metadata of no kind', { metadata: { event_payload: {} } }, TOKEN, 'invalid_metadata_format'],
  ['a thread of nobody', { thread_ts: '1.000001' }, TOKEN, 'cannot_reply_to_message'],
])('refuses %s, with HTTP 200', async (_, args, headers, error) => {
  expect(await call('chat.postMessage', { channel: CHANNEL, text: 'x', ...args }, headers)).toMatchObject({
    status: 200,
    ok: false,
    error,
  });
  expect(bot.workspace.rejections).toMatchObject([{ path: '/api/chat.postMessage', status: 200, body: { error } }]);
  expect(bot.workspace.conversations.flatMap(({ posts }) => posts)).toEqual([]);
});

it('does not know other methods', async () => {
  expect(await call('chat.everything', {})).toMatchObject({ ok: false, error: 'unknown_method' });
  expect(await call('constructor', {})).toMatchObject({ ok: false, error: 'unknown_method' });
});

it('lets the bot speak and read only where it is a member', async () => {
  await bot.workspace.say(LI, CHANNEL, '/remove @Casebell');
  expect(await post({})).toMatchObject({ ok: false, error: 'not_in_channel' });
  expect(await call('conversations.history', { channel: CHANNEL })).toMatchObject({ error: 'not_in_channel' });
  await bot.workspace.say(LI, CHANNEL, '听得到吗', { mention: true });
  expect(bot.heard).toEqual([]);
  await bot.workspace.say(LI, CHANNEL, '/invite @Casebell');
  expect(await post({})).toMatchObject({ ok: true, channel: CHANNEL });
});

it('takes ten messages at once in a channel, and asks for patience then', async () => {
  for (let sent = 0; sent < 10; sent++) expect(await post({})).toMatchObject({ ok: true });
  expect(await post({})).toMatchObject({ status: 429, wait: '10', ok: false, error: 'ratelimited' });
  expect(await post({ channel: directId(LI) })).toMatchObject({ ok: true });
  bot.clock.now += 10_000;
  expect(await post({})).toMatchObject({ ok: true });
});

it('keeps the history: newest first, in pages, without threads, and with metadata only for who asks', async () => {
  const metadata = { event_type: 'e', event_payload: { n: 1 } };
  const root = await post({ text: 'one', metadata });
  await post({ text: 'reply', thread_ts: root.ts });
  bot.clock.now += 1000;
  await bot.workspace.say(LI, CHANNEL, 'two');
  const messagesOf = async (args: object) => Object(await call('conversations.history', { channel: CHANNEL, ...args }));
  expect(await messagesOf({})).toMatchObject({
    messages: [
      { text: 'two', user: LI },
      { text: 'one', user: BOT, metadata: { event_type: 'e' } },
    ],
    has_more: false,
  });
  expect((await messagesOf({})).messages[1].metadata).not.toHaveProperty('event_payload');
  expect((await messagesOf({ include_all_metadata: 'true' })).messages[1]).toMatchObject({ metadata });
  const first = await messagesOf({ limit: 1 });
  expect(first).toMatchObject({ messages: [{ text: 'two' }], has_more: true });
  expect(await messagesOf({ cursor: first.response_metadata.next_cursor })).toMatchObject({
    messages: [{ text: 'one' }],
  });
  expect(await messagesOf({ oldest: root.ts })).toMatchObject({ messages: [{ text: 'two' }] });
  expect(await messagesOf({ limit: 0 })).toMatchObject({ error: 'invalid_limit' });
  const replies = await call('conversations.replies', { channel: CHANNEL, ts: root.ts });
  expect(replies).toMatchObject({ messages: [{ text: 'one' }, { text: 'reply', thread_ts: root.ts }] });
  expect(await call('conversations.replies', { channel: CHANNEL, ts: '1.1' })).toMatchObject({
    error: 'thread_not_found',
  });
});

it('knows who the bot is, and people by e-mail, but not those of others', async () => {
  expect(await call('auth.test', {})).toMatchObject({ ok: true, team_id: TEAM, user_id: BOT });
  expect(await call('users.lookupByEmail', { email: 'alice@casebell.example' })).toMatchObject({ user: { id: ALICE } });
  expect(await call('users.lookupByEmail', { email: 'bob@partner.example' })).toMatchObject({
    error: 'users_not_found',
  });
});

it('fails as it is told to, and as often', async () => {
  bot.workspace.injectFault('postMessage', 'error', 1);
  bot.workspace.injectFault('postMessage', 'throttle', 1);
  bot.workspace.injectFault('postMessage', 'hang', 1);
  bot.workspace.injectFault('postMessage', 'lost', 1);
  expect(await post({})).toMatchObject({ ok: false, error: 'internal_error' });
  expect(await post({})).toMatchObject({ status: 429, wait: '30' });
  await expect(bot.app.send({ title: 't', severity: 'info' }, { id: CHANNEL, kind: 'group' })).rejects.toMatchObject({
    code: 'ETIMEDOUT',
  });
  expect(bot.workspace.conversations[0]?.posts).toEqual([]);
  await expect(post({})).rejects.toThrow();
  expect(bot.workspace.conversations[0]?.posts).toHaveLength(1);
  expect(await post({})).toMatchObject({ ok: true });
});
