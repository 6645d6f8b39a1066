import type { Card } from '@casebell/im/bots';
import { startTestBot, type TestBot } from '../bot.fixture';
import { signatureHeaders } from './event-sender';
import { BOT, CHANNEL, directId, SECRETS, TEAM, USERS } from './organization';

const [LI, , ALICE, BOB] = USERS.map(({ id }) => id) as [string, string, string, string];
const TOKEN = { authorization: `Bearer ${SECRETS.botToken}` };
const TO = { id: CHANNEL, kind: 'group' as const };
const FORM = {
  command: 'open',
  submit: '提交',
  fields: [
    { name: 'subject', label: '主题', hint: '一句话', value: '' },
    { name: 'severity', label: '级别', value: 'high', options: [{ label: '高', value: 'high' }] },
  ],
};
const CARD: Card = { title: '工单 42', severity: 'warning', buttons: [{ label: '关闭', command: 'close' }] };

let bot: TestBot;
beforeEach(async () => {
  bot = await startTestBot('slack');
});
afterEach(() => bot.close());

const conversation = (id: string) => bot.workspace.conversations.find((each) => each.id === id);
const call = async (method: string, args: object, headers: Record<string, string> = TOKEN) => {
  const { status, wait, body } = await bot.call(`https://slack.com/api/${method}`, args, headers);
  return { status, wait, ...body };
};
const post = (args: object) => call('chat.postMessage', { channel: CHANNEL, text: 'x', ...args });
const plain = (text: string) => ({ type: 'plain_text', text });
const input = (element: object) => ({ type: 'input', label: plain('l'), element });
const option = (text: string, value: string) => ({ text: plain(text), value });
const select = (more: object) => input({ type: 'static_select', action_id: 's', options: [option('a', 'a')], ...more });
const buttons = (...all: object[]) => ({
  type: 'actions',
  elements: all.map((each) => ({ type: 'button', text: plain('b'), ...each })),
});
const blocks = (...all: object[]) => ({ blocks: all });

describe('the Slack API', () => {
  it.each([
    ['no token', {}, 'not_authed', { authorization: '' }],
    ['another token', {}, 'invalid_auth', { authorization: 'Bearer xoxb-1' }],
    ['an unknown channel', { channel: 'C0NOBODY00' }, 'channel_not_found'],
    ['an empty message', { text: '' }, 'no_text'],
    ['a text that is a number', { text: 7 }, 'invalid_arguments'],
    ['blocks that are a text', { blocks: 'x' }, 'invalid_blocks_format'],
    ['an unknown block', blocks({ type: 'hr' }), 'invalid_blocks'],
    ['a duplicate block_id', blocks(...[0, 1].map(() => ({ type: 'divider', block_id: 'x' }))), 'invalid_blocks'],
    ['an input without a field', blocks(input({ type: 'button' })), 'invalid_blocks'],
    ['a too long input', blocks(input({ type: 'plain_text_input', max_length: 3001 })), 'invalid_blocks'],
    ['no options', blocks(select({ options: [] })), 'invalid_blocks'],
    ['101 options', blocks(select({ options: Array(101).fill(option('a', 'a')) })), 'invalid_blocks'],
    ['a long option', blocks(select({ options: [option('a'.repeat(76), 'a')] })), 'invalid_blocks'],
    ['a long option value', blocks(select({ options: [option('a', 'a'.repeat(151))] })), 'invalid_blocks'],
    ['an initial option that is no option', blocks(select({ initial_option: option('z', 'z') })), 'invalid_blocks'],
    ['a duplicate action_id', blocks(buttons({ action_id: 'x' }, { action_id: 'x' })), 'invalid_blocks'],
    ['a too long button value', blocks(buttons({ value: 'x'.repeat(2001) })), 'invalid_blocks'],
    ['an input in an attachment', { attachments: [blocks(select({}))] }, 'invalid_attachments'],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_format'],
    ['an unknown thread', { thread_ts: '1.000001' }, 'cannot_reply_to_message'],
  ])('rejects %s with HTTP 200', async (_, args, error, headers = TOKEN) => {
    const result = await call('chat.postMessage', { channel: CHANNEL, text: 'x', ...args }, headers);
    expect(result).toMatchObject({ status: 200, ok: false, error });
    expect(bot.workspace.rejections).toMatchObject([{ path: '/api/chat.postMessage', status: 200, body: { error } }]);
    expect(bot.group.posts).toEqual([]);
  });

  it('accepts a burst of ten messages in a channel', async () => {
    for (let sent = 0; sent < 10; sent++) expect(await post({})).toMatchObject({ ok: true });
    expect(await post({})).toMatchObject({ status: 429, wait: '10', ok: false, error: 'ratelimited' });
    expect(await post({ channel: directId(LI) })).toMatchObject({ ok: true });
    bot.clock.now += 10_000;
    expect(await post({})).toMatchObject({ ok: true });
  });

  it('returns the history in pages, newest first, without replies; metadata on request', async () => {
    const metadata = { event_type: 'e', event_payload: { n: 1 } };
    const { ts } = await post({ text: 'one', metadata });
    await post({ text: 'reply', thread_ts: ts });
    bot.clock.now += 1000;
    await bot.workspace.say(LI, CHANNEL, 'two');
    const history = (args: object) => call('conversations.history', { channel: CHANNEL, ...args });
    const one = { text: 'one', user: BOT, metadata: { event_type: 'e' } };
    const all = await history({});
    expect(all).toMatchObject({ messages: [{ text: 'two', user: LI }, one], has_more: false });
    expect(all.messages[1].metadata).not.toHaveProperty('event_payload');
    expect((await history({ include_all_metadata: 'true' })).messages[1]).toMatchObject({ metadata });
    const first = await history({ limit: 1 });
    expect(first).toMatchObject({ messages: [{ text: 'two' }], has_more: true });
    const next = { cursor: first.response_metadata.next_cursor };
    expect(await history(next)).toMatchObject({ messages: [{ text: 'one' }] });
    expect(await history({ oldest: ts })).toMatchObject({ messages: [{ text: 'two' }] });
    expect(await history({ limit: 0 })).toMatchObject({ error: 'invalid_limit' });
    const replies = (root: unknown) => call('conversations.replies', { channel: CHANNEL, ts: root });
    expect(await replies(ts)).toMatchObject({ messages: [{ text: 'one' }, { text: 'reply', thread_ts: ts }] });
    expect(await replies('1.1')).toMatchObject({ error: 'thread_not_found' });
  });

  it('knows the bot and users by e-mail, and no other methods', async () => {
    expect(await call('auth.test', {})).toMatchObject({ ok: true, team_id: TEAM, user_id: BOT });
    const lookup = (email: string) => call('users.lookupByEmail', { email });
    expect(await lookup('alice@casebell.example')).toMatchObject({ user: { id: ALICE } });
    expect(await lookup('bob@partner.example')).toMatchObject({ error: 'users_not_found' });
    for (const method of ['chat.everything', 'constructor'])
      expect(await call(method, {})).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  it('updates only existing messages of the bot; absent arguments keep their values', async () => {
    const { ts } = await post({ ...blocks({ type: 'divider' }), metadata: { event_type: 'e', event_payload: {} } });
    const update = (args: object) => call('chat.update', { channel: CHANNEL, ts, ...args });
    expect(await update({ text: 'new' })).toMatchObject({ ok: true, message: { blocks: [], text: 'new' } });
    expect(await update({ attachments: [] })).toMatchObject({
      message: { text: 'new', metadata: { event_type: 'e' } },
    });
    await bot.workspace.say(LI, CHANNEL, '我的');
    const own = bot.group.posts.at(-1)?.id;
    expect(await update({ ts: own, text: 'x' })).toMatchObject({ error: 'cant_update_message' });
    expect(await update({ ts: '1.1', text: 'x' })).toMatchObject({ error: 'message_not_found' });
    expect(await update({ channel: 'C0NOBODY00', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
    expect(await update({})).toMatchObject({ error: 'no_text' });
    expect(await update(blocks({ type: 'hr' }))).toMatchObject({ error: 'invalid_blocks' });
  });

  it('fails as it is set to', async () => {
    for (const kind of ['error', 'throttle', 'hang', 'lost'] as const)
      bot.workspace.injectFault('postMessage', kind, 1);
    expect(await post({})).toMatchObject({ ok: false, error: 'internal_error' });
    expect(await post({})).toMatchObject({ status: 429, wait: '30' });
    await expect(bot.app.send(CARD, TO)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(bot.group.posts).toEqual([]);
    await expect(post({})).rejects.toThrow('fetch failed');
    expect(bot.group.posts).toHaveLength(1);
    expect(await post({})).toMatchObject({ ok: true });
  });

  it('stores complete uploads, shares them once, and gives files to the bot only', async () => {
    const form = { ...TOKEN, 'content-type': 'application/x-www-form-urlencoded' };
    const getUrl = 'https://slack.com/api/files.getUploadURLExternal';
    const start = async (length: number) => (await bot.call(getUrl, `filename=a.txt&length=${length}`, form)).body;
    expect(await start(0)).toMatchObject({ error: 'missing_argument' });
    expect(await start(1024 ** 3 + 1)).toMatchObject({ error: 'file_upload_size_restricted' });
    expect(await call('files.getUploadURLExternal', { filename: 'a', length: '1' })).toMatchObject({
      error: 'invalid_arguments',
    });
    const { upload_url: url, file_id: id } = await start(3);
    const upload = async (to: string, body: string) => (await bot.fetch(to, { method: 'POST', body })).status;
    const complete = (more: object = {}) =>
      call('files.completeUploadExternal', { files: [{ id }], channel_id: CHANNEL, ...more });
    expect([await upload(url.replace(id, 'F0'), 'abc'), await upload(url, 'ab')]).toEqual([404, 400]);
    expect(await complete()).toMatchObject({ error: 'file_not_found' });
    expect(await upload(url, 'abc')).toBe(200);
    expect(await complete({ channel_id: 'C0NOBODY00' })).toMatchObject({ error: 'channel_not_found' });
    expect(await complete({ thread_ts: '1.1' })).toMatchObject({ error: 'thread_not_found' });
    expect(await complete()).toMatchObject({ ok: true, files: [{ id, title: 'a.txt' }] });
    expect(await complete()).toMatchObject({ error: 'file_not_found' });
    expect(bot.group.posts).toMatchObject([{ by: 'bot', view: { lines: ['📎 a.txt'] }, files: [{ name: 'a.txt' }] }]);

    const { file } = await call('files.info', { file: id });
    const download = (authorization: string) =>
      bot.fetch(file.url_private_download, { headers: { authorization }, redirect: 'manual' });
    const refused = await download('Bearer xoxb-1');
    expect(refused.headers.get('location')).toMatch(/^https:\/\/casebell-demo\.slack\.com\/\?redir=/);
    const given = await download(TOKEN.authorization);
    expect([given.status, given.headers.get('content-type'), await given.text()]).toEqual([200, 'text/plain', 'abc']);
    bot.clock.now += 91 * 24 * 60 * 60 * 1000;
    expect(await call('files.info', { file: id })).toMatchObject({ file: { mode: 'hidden_by_limit' } });
  });

  it('accepts five responses to a command within half an hour', async () => {
    await bot.workspace.say(LI, CHANNEL, '/case open');
    const url = bot.messages[0]?.conversation.replyUrl?.url ?? '';
    const respond = async (message: object) => {
      const response = await bot.fetch(url, { method: 'POST', body: JSON.stringify(message) });
      return `${response.status} ${await response.text()}`;
    };
    const posts = () => bot.group.posts.filter(({ by }) => by === 'bot').length;
    expect([await respond({ text: 'only you' }), posts()]).toEqual(['200 ok', 0]);
    expect(await respond({ response_type: 'in_channel' })).toMatch(/^400 .*no_text/);
    for (let used = 1; used < 5; used++)
      expect(await respond({ text: 'a', response_type: 'in_channel' })).toBe('200 ok');
    expect([posts(), await respond({ text: 'x' })]).toEqual([4, expect.stringMatching(/^404 .*used_url/)]);
    bot.clock.now += 30 * 60_000 + 1;
    expect(await respond({ text: 'x' })).toMatch(/^404 .*expired_url/);
  });
});

describe('a Slack workspace', () => {
  it('signs as in the published example, and accepts a URL only with the challenge', async () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signatureHeaders(body, '8f742231b10e8888abcd99yyyzzz85a5', 1531420618_999)).toEqual({
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    });
    const { headers, body: own } = bot.workspace.createCallback(LI, directId(LI), '打开');
    const request = { method: 'POST', headers, body: Buffer.from(own) };
    expect(bot.app.receive(request)).toMatchObject({ kind: 'message', message: { text: '打开', sender: { id: LI } } });
    expect(() => bot.app.receive({ ...request, body: Buffer.from(own.replace('打开', '关闭')) })).toThrow(/signature/);
    await expect(bot.workspace.subscribe('http://127.0.0.1:9/')).rejects.toThrow(/challenge parameter/);
    await bot.workspace.say(LI, directId(LI), '还在');
    expect(bot.messages).toMatchObject([{ text: '还在' }]);
  });

  it('lets users do only what Slack allows', async () => {
    const { workspace } = bot;
    const { ts } = await post(blocks(select({}), buttons({ value: 'v' })));
    await expect(workspace.say(LI, directId(ALICE), 'x')).rejects.toThrow(/is not a member/);
    await expect(workspace.say('U0NOBODY', CHANNEL, 'x')).rejects.toThrow(/no user/);
    await expect(workspace.say(LI, 'C0NOBODY00', 'x')).rejects.toThrow(/no conversation/);
    await expect(workspace.say(LI, CHANNEL, '/other x')).rejects.toThrow(/not a valid command/);
    await expect(workspace.say(BOB, CHANNEL, '/case x')).rejects.toThrow(/not a valid command/);
    await expect(workspace.say(LI, ts, '/case x')).rejects.toThrow(/not supported in threads/);
    await expect(workspace.press(LI, CHANNEL, 'x')).rejects.toThrow(/no button x/);
    await expect(workspace.submit(LI, directId(LI), {})).rejects.toThrow(/no form/);
    await expect(workspace.submit(LI, CHANNEL, { s: 'z' })).rejects.toThrow(/no option z/);
    await expect(workspace.submit(LI, CHANNEL, { t: 'z' })).rejects.toThrow(/no field t/);
  });

  it('carries messages, mentions, presses, forms, files and threads between users and the bot', async () => {
    const { workspace, app } = bot;
    await workspace.say(LI, directId(LI), '打开 <工单> & 看 https://a.example/x');
    await workspace.say(ALICE, CHANNEL, 'open a case, @李雷', { mention: true });
    expect(bot.messages).toMatchObject([
      { text: '打开 <工单> & 看 https://a.example/x', isForBot: true, sender: { id: LI } },
      ...Array(2).fill({ text: `open a case, @${LI}`, isForBot: true, mentions: [{ id: LI }] }),
    ]);
    expect(bot.messages[1]?.id).toBe(bot.messages[2]?.id);

    await app.send({ ...CARD, form: FORM }, TO);
    const shown = { title: '工单 42', mark: '🟠', lines: ['关闭', '主题: [一句话]', '级别: [高]', '提交'] };
    expect(bot.group.posts.at(-1)).toMatchObject({ by: 'bot', view: shown });
    expect(bot.group.posts.at(-1)?.controls).toMatchObject([
      { kind: 'button', label: '关闭' },
      {
        kind: 'form',
        submit: '提交',
        fields: [
          { name: 'subject', value: '' },
          { name: 'severity', value: 'high' },
        ],
      },
    ]);
    await workspace.submit(LI, CHANNEL, { subject: '实例无法启动' });
    await workspace.press(LI, CHANNEL, '关闭');
    await workspace.share(LI, CHANNEL, { name: '截图.png', kind: 'image', bytes: Buffer.from('png') });
    expect(bot.messages.slice(3)).toMatchObject([
      { text: 'open', fields: { subject: '实例无法启动', severity: 'high' } },
      { text: 'close' },
      { files: [{ kind: 'image', name: '截图.png' }] },
    ]);
    expect(bot.group.posts.at(-1)).toMatchObject({ by: LI, files: [{ name: '截图.png', bytes: Buffer.from('png') }] });

    const place = { name: '工单 42', members: [LI], link: { label: 'x', url: 'https://a.example/42' }, card: CARD };
    const opened = await app.createThread?.(place, TO, 'case-42');
    const thread = opened?.thread ?? '';
    await workspace.say(LI, thread, '还有问题');
    await app.send({ title: '回复', severity: 'info' }, opened ?? TO);
    expect(conversation(thread)?.posts.map(({ by }) => by)).toEqual(['bot', LI, 'bot']);
    expect(bot.messages.at(-1)).toMatchObject({ text: '还有问题', isForBot: false, conversation: { thread } });
    await app.update?.(opened?.card ?? '', { title: '已解决', severity: 'resolved' }, opened ?? TO);
    for (const id of [CHANNEL, thread]) {
      const card = conversation(id)?.posts.find((each) => each.id === opened?.card);
      expect(card).toMatchObject({ view: { title: '已解决', lines: [] }, controls: [] });
    }
    expect(await app.createThread?.(place, TO, 'case-42')).toEqual(opened);
    expect(new Set(bot.ignored)).toContain('from a bot');
  });

  it('runs a slash command, shows it, and accepts the response in a channel without the bot', async () => {
    await bot.workspace.say(LI, CHANNEL, '/remove @Casebell');
    expect(await post({})).toMatchObject({ ok: false, error: 'not_in_channel' });
    await bot.workspace.say(LI, CHANNEL, '听得到吗', { mention: true });
    expect(bot.messages).toEqual([]);
    const delivery = await bot.workspace.say(LI, CHANNEL, '/case open 数据库');
    expect(delivery).toMatchObject({ status: 200, body: '{"response_type":"in_channel"}' });
    expect(bot.messages).toMatchObject([{ text: 'open 数据库', isForBot: true, sender: { id: LI, name: 'li.lei' } }]);
    await bot.app.send({ title: '好的', severity: 'info' }, bot.messages[0]?.conversation ?? TO);
    expect(bot.group.posts.map(({ by }) => by)).toEqual([LI, LI, 'bot']);
    await bot.workspace.say(LI, CHANNEL, '/invite @Casebell');
    expect(await post({})).toMatchObject({ ok: true, channel: CHANNEL });
  });

  it('marks users of another organization in every event', async () => {
    await bot.app.send({ ...CARD, form: FORM }, TO);
    await bot.workspace.say(BOB, CHANNEL, 'close', { mention: true });
    await bot.workspace.say(BOB, directId(BOB), 'close');
    await bot.workspace.press(BOB, CHANNEL, '关闭');
    await bot.workspace.submit(BOB, CHANNEL, { subject: 'x' });
    await bot.workspace.share(BOB, CHANNEL, { name: 'a.png', kind: 'image', bytes: Buffer.from('x') });
    expect(bot.messages).toEqual([]);
    expect(bot.ignored.filter((reason) => reason !== 'from a bot')).toHaveLength(6);
  });
});
