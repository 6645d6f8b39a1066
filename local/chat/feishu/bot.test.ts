import type { Json } from '../json';
import { NOON } from '../webhook.fixture';
import type { ApiRequest } from '../workspace';
import { encrypt, encryptAndSign, encryptHandshake, signatureOf } from './encryption';
import { SECRETS } from './state';
import { createWorkspace, type FeishuWorkspace } from './workspace';

const TOKEN = 'auth/v3/tenant_access_token/internal';
const SEND = 'im/v1/messages?receive_id_type=chat_id';
const NEW_CHAT = 'im/v1/chats?user_id_type=open_id';
const MINUTE = 60_000;
const MEGABYTE = 1024 * 1024;

let workspace: FeishuWorkspace;
let clock: { now: number };
let token = '';
let [group, direct] = ['', ''];
beforeEach(async () => {
  clock = { now: NOON };
  workspace = createWorkspace({ now: () => clock.now, onChange: () => undefined });
  [group = '', direct = ''] = workspace.conversations.map(({ id }) => id);
  await issueToken();
});

async function issueToken() {
  const { body } = await call('POST', TOKEN, { app_id: SECRETS.appId, app_secret: SECRETS.appSecret }, '');
  token = body.tenant_access_token;
  return body;
}

/** Without a network. */
async function request(call: Omit<ApiRequest, 'url' | 'at'>, path: string) {
  const url = new URL(`https://open.feishu.cn/open-apis/${path}`);
  const response = await workspace.handleApiRequest({ ...call, url, at: clock.now });
  if (typeof response === 'string') throw new Error(response);
  return { ...response, body: Object(response.body) };
}

function call(method: string, path: string, payload?: Json, authorization = `Bearer ${token}`) {
  const body = Buffer.from(payload ? JSON.stringify(payload) : '');
  return request({ method, headers: { authorization }, body, payload }, path);
}

async function upload(path: string, fields: Record<string, string>, field: string, bytes?: Uint8Array) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (bytes) form.append(field, new Blob([Buffer.from(bytes)]), 'a');
  const sent = new Response(form);
  const headers = { authorization: `Bearer ${token}`, 'content-type': sent.headers.get('content-type') ?? '' };
  const body = Buffer.from(await sent.arrayBuffer());
  return (await request({ method: 'POST', headers, body, payload: undefined }, path)).body;
}

const posts = () => workspace.conversations[0]?.posts ?? [];
const card = (...elements: Json[]): Json => ({ schema: '2.0', body: { elements } });
const named = (tag: string, more: Json = {}): Json => ({ tag, name: tag, ...more });
const submit = { tag: 'button', name: 'b', form_action_type: 'submit', text: { tag: 'plain_text', content: 'ok' } };
const form = (...elements: Json[]): Json => ({ tag: 'form', name: 'f', elements: [...elements, submit] });
const markdown = (content: string): Json => ({ tag: 'markdown', content });
const message = (content: object | string, more: Json = {}): Json => ({
  receive_id: group,
  msg_type: 'interactive',
  content: typeof content === 'string' ? content : JSON.stringify(content),
  ...more,
});
const text = (content: string, more: Json = {}) => message({ text: content }, { msg_type: 'text', ...more });
const send = (payload: Json) => call('POST', SEND, payload);

describe('the Feishu API', () => {
  it('issues the same token until half an hour before its end', async () => {
    clock.now += 90 * MINUTE;
    const { tenant_access_token: first, expire } = await issueToken();
    expect(expire).toBe(1800);
    clock.now += MINUTE;
    const { tenant_access_token: second } = await issueToken();
    const codes = async () => {
      const all = [first, second].map((each) => call('GET', 'bot/v3/info', undefined, `Bearer ${each}`));
      return (await Promise.all(all)).map(({ body }) => body.code);
    };
    expect(await codes()).toEqual([0, 0]);
    clock.now += 29 * MINUTE;
    expect(await codes()).toEqual([99991663, 0]);
  });

  it.each([
    [{ app_id: 'x', app_secret: 'y' }, 10003, 'invalid param'],
    [{ app_id: 'cli_ffffffffffffffff', app_secret: 'y' }, 10014, 'app id not exists'],
    [{ app_id: SECRETS.appId, app_secret: 'y' }, 10014, 'app secret invalid'],
  ])('issues no token for %j', async (payload, code, msg) => {
    expect(await call('POST', TOKEN, payload, '')).toMatchObject({ status: 200, body: { code, msg } });
  });

  it.each([
    ['', 99991661],
    ['Bearer u', 99991671],
    ['Bearer t-0', 99991663],
  ])('rejects the authorization "%s"', async (authorization, code) => {
    expect(await call('POST', SEND, text('x'), authorization)).toMatchObject({ status: 400, body: { code } });
    expect(workspace.rejections).toHaveLength(1);
  });

  it.each<[string, () => Json, number, string]>([
    ['an unknown chat', () => text('a', { receive_id: 'oc_x' }), 230001, 'receive_id'],
    ['no JSON', () => message('{'), 230001, 'json'],
    ['an unknown type', () => message({}, { msg_type: 'x' }), 230001, 'msg_type'],
    ['an empty text', () => text(''), 230001, 'empty'],
    ['a too long key', () => text('a', { uuid: 'k'.repeat(51) }), 230001, 'uuid'],
    ['a card over 30 KB', () => message(card(markdown('告'.repeat(10_200)))), 230025, ''],
    ['a text over 150 KB', () => text('a'.repeat(150 * 1024)), 230025, ''],
    ['an action in a 2.0 card', () => message(card({ tag: 'action', actions: [] })), 230099, '200861'],
    ['a private card', () => message({ ...card({ tag: 'hr' }), config: { update_multi: false } }), 230099, '200621'],
    ['an unknown mention', () => message(card(markdown('<at id=ou_x></at>'))), 230099, '100290'],
    ['201 components', () => message(card(...Array(201).fill({ tag: 'hr' }))), 230099, 'exceeds the limit'],
    ['an unknown property', () => message(card(named('button', { url: 'x' }))), 230099, 'property: url'],
    [
      'a nested form',
      () => message(card({ tag: 'column_set', columns: [{ tag: 'column', elements: [form()] }] })),
      230099,
      'root',
    ],
    ['a form without submit', () => message(card(named('form', { elements: [named('input')] }))), 230099, 'submit'],
    ['a field without a name', () => message(card(form({ tag: 'input' }))), 230099, 'name is empty'],
    ['a duplicate name', () => message(card(form(named('input'), named('input')))), 230099, 'duplicate name'],
    ['a too long input', () => message(card(form(named('input', { max_length: 8000 })))), 230099, 'max_length'],
    [
      'a too long default',
      () => message(card(form(named('input', { default_value: 'a'.repeat(1001) })))),
      230099,
      'default_value',
    ],
    [
      'a too long placeholder',
      () => message(card(form(named('input', { placeholder: { content: 'a'.repeat(101) } })))),
      230099,
      'placeholder',
    ],
    [
      'duplicate options',
      () => message(card(form(named('select_static', { options: [{ value: 'a' }, { value: 'a' }] })))),
      230099,
      'duplicate options',
    ],
  ])('rejects a message with %s', async (_, payload, code, error) => {
    const msg = expect.stringContaining(error);
    expect(await send(payload())).toMatchObject({ status: 400, body: { code, msg } });
    expect(posts()).toEqual([]);
  });

  it('rejects chats without the bot, and knows a key for an hour', async () => {
    const first = await send(text('a', { uuid: 'k' }));
    clock.now += 59 * MINUTE;
    expect((await send(text('a', { uuid: 'k' }))).body.data.message_id).toBe(first.body.data.message_id);
    clock.now += MINUTE;
    await send(text('a', { uuid: 'k' }));
    expect(posts()).toHaveLength(2);
    workspace.expel(group);
    expect((await send(text('a'))).body.code).toBe(230002);
    expect((await call('GET', `im/v1/chats/${group}/chat_tabs/list_tabs`)).body.code).toBe(232011);
    expect((await send(text('a', { receive_id: direct }))).body.code).toBe(0);
  });

  it('accepts five messages a second in a chat, and fifty requests of each kind', async () => {
    for (let sent = 0; sent < 5; sent++) expect((await send(text('a'))).body.code).toBe(0);
    expect(await send(text('a'))).toMatchObject({ status: 400, body: { code: 230020 } });
    for (let sent = 0; sent < 50; sent++) await call('GET', 'bot/v3/info');
    const headers = { 'x-ogw-ratelimit-reset': '1' };
    expect(await call('GET', 'bot/v3/info')).toMatchObject({ status: 429, body: { code: 99991400 }, headers });
    clock.now += 1000;
    expect((await send(text('a'))).body.code).toBe(0);
  });

  it('creates a chat once for a key, within ten hours', async () => {
    const create = async () => (await call('POST', `${NEW_CHAT}&uuid=k`, { name: '工单' })).body.data.chat_id;
    const first = await create();
    expect(await create()).toBe(first);
    clock.now += 600 * MINUTE;
    await issueToken();
    expect(await create()).not.toBe(first);
  });

  it.each([
    ['a too long name', NEW_CHAT, { name: '名'.repeat(61) }, 232001],
    ['another id type', 'im/v1/chats?user_id_type=user_id', { name: 'n' }, 232001],
    ['over fifty users', NEW_CHAT, { user_id_list: Array(51).fill('ou_x') }, 232001],
    ['an unknown user', NEW_CHAT, { user_id_list: ['ou_x'] }, 232043],
    ['an external user', NEW_CHAT, { user_id_list: [`ou_${'a4'.repeat(16)}`] }, 232033],
    ['an unknown chat', 'im/v1/chats/oc_x/chat_tabs', { chat_tabs: [] }, 232006],
    ['an unknown API', 'im/v2/chats', {}, 404],
  ])('rejects %s', async (_, path, payload, code) => {
    expect((await call('POST', path, payload)).body.code).toBe(code);
  });

  it('pins web pages with short names only', async () => {
    const path = `im/v1/chats/${group}/chat_tabs`;
    const pin = async (tab_name: string, url: string, tab_type = 'url') =>
      (await call('POST', path, { chat_tabs: [{ tab_name, tab_type, tab_content: { url } }] })).body.code;
    expect(await pin('a', 'ftp://a.example')).toBe(232048);
    expect(await pin('名'.repeat(61), 'https://a.example')).toBe(232047);
    expect(await pin('a', 'https://a.example', 'pin')).toBe(232001);
    expect(await pin('名'.repeat(60), 'https://a.example')).toBe(0);
    const { chat_tabs } = (await call('GET', `${path}/list_tabs`)).body.data;
    expect(chat_tabs).toMatchObject([{ tab_type: 'message' }, { tab_content: { url: 'https://a.example' } }]);
  });

  const STREAM = { file_type: 'stream', file_name: '日志.txt' };
  const uploadFile = (fields: Record<string, string>, bytes?: Uint8Array) =>
    upload('im/v1/files', fields, 'file', bytes);

  it.each([
    ['without a type', { file_name: 'a' }, Buffer.from('a'), 234001],
    ['of an unknown type', { file_type: 'txt', file_name: 'a' }, Buffer.from('a'), 234001],
    ['without a name', { file_type: 'stream' }, Buffer.from('a'), 234001],
    ['without bytes', STREAM, undefined, 234001],
    ['that is empty', STREAM, Buffer.alloc(0), 234010],
    ['over 30 MB', STREAM, Buffer.alloc(30 * MEGABYTE + 1), 234006],
  ])('rejects a file %s', async (_, fields, bytes, code) => {
    expect(await uploadFile(fields, bytes)).toMatchObject({ code });
  });

  const GIF = Buffer.alloc(64);
  GIF.write('GIF89a');
  GIF.writeUInt16LE(2_000, GIF.writeUInt16LE(2_000, 6));
  const uploadImage = (bytes: Uint8Array, image_type = 'message') =>
    upload('im/v1/images', { image_type }, 'image', bytes);

  it.each([
    ['that is empty', Buffer.alloc(0), 234010],
    ['over 10 MB', Buffer.alloc(10 * MEGABYTE + 1), 234006],
    ['of an unknown format', Buffer.alloc(64, 'words'), 234011],
    ['with too many pixels', Buffer.from(GIF).fill(0xff, 6, 10), 234039],
  ])('rejects a picture %s', async (_, bytes, code) => {
    expect(await uploadImage(bytes)).toMatchObject({ code });
    expect(await uploadImage(GIF, 'avatars')).toMatchObject({ code: 234001 });
  });

  it('sends an upload as its own type only, and returns it', async () => {
    const bytes = Buffer.from('a\r\n--b\r\n\r\nc\0');
    const { file_key } = (await uploadFile(STREAM, bytes)).data;
    const film = (await uploadFile({ file_type: 'mp4', file_name: 'a.mp4' }, bytes)).data;
    const { image_key } = (await uploadImage(GIF)).data;
    const sendFile = async (content: object) => (await send(message(content, { msg_type: 'file' }))).body;
    expect((await sendFile(film)).code).toBe(230055);
    expect((await sendFile({ file_key: image_key })).code).toBe(230055);
    expect((await sendFile({ file_key: 'file_v3_x' })).code).toBe(230001);
    const sent = (await sendFile({ file_key })).data.message_id;
    expect(posts()).toMatchObject([
      { by: 'bot', view: { lines: ['[日志.txt]'] }, files: [{ name: '日志.txt', bytes }] },
    ]);
    const shown = (await send(message(card({ tag: 'hr' })))).body.data.message_id;
    const get = (id: string, type = 'file') => call('GET', `im/v1/messages/${id}/resources/${file_key}?type=${type}`);
    expect((await get(sent)).headers).toMatchObject({ 'content-type': 'text/plain', 'content-length': '12' });
    const codes = [get(shown), get('om_x'), get(sent, 'audio'), get(sent, 'image')];
    expect((await Promise.all(codes)).map(({ body }) => body.code)).toEqual([234043, 234001, 234001, 234003]);
    await workspace.share(workspace.users[0]?.id ?? '', group, { name: 'a', kind: 'file', bytes });
    expect((await sendFile({ file_key: 'file_v3_x' })).code).toBe(230001);
  });

  it('updates a card only if both cards are shared', async () => {
    const shared = { config: { update_multi: true }, ...card({ tag: 'hr' }) };
    const sent = async (content: object) => (await send(message(content))).body.data.message_id;
    const [own, unshared] = [await sent(shared), await sent(card({ tag: 'hr' }))];
    const update = async (id: string, content: object | string) =>
      (await call('PATCH', `im/v1/messages/${id}`, { content: message(content).content })).body.code;
    expect(await update(own, shared)).toBe(0);
    expect(await update(own, card({ tag: 'hr' }))).toBe(230001);
    expect(await update(unshared, shared)).toBe(230001);
    expect(await update(own, '{')).toBe(230001);
    expect(await update(own, { ...shared, ...card({ tag: 'note' }) })).toBe(230099);
    expect(await update(own, { ...shared, ...card(markdown('告'.repeat(10_200))) })).toBe(230025);
  });
});

describe('a Feishu workspace', () => {
  it('has four users, one of them external, and owns the API on both hosts', () => {
    expect(workspace.users.map(({ external = false }) => external)).toEqual([false, false, false, true]);
    expect(workspace.conversations.map(({ kind, members }) => `${kind} ${members.length}`)).toEqual([
      'group 4',
      ...Array(4).fill('direct 1'),
    ]);
    const owns = (url: string) => workspace.owns(new URL(url));
    expect(owns('https://open.larksuite.com/open-apis/bot/v3/info')).toBe(true);
    expect(owns('https://open.feishu.cn/open-apis/bot/v2/hook/0123')).toBe(false);
  });

  it('lets users do only what the client allows', async () => {
    const [fang = '', , , external = ''] = workspace.users.map(({ id }) => id);
    await expect(workspace.press(fang, group, 'x')).rejects.toThrow('no button x');
    await expect(workspace.submit(fang, group, {})).rejects.toThrow('no form');
    await expect(workspace.say(external, direct, 'x')).rejects.toThrow('is not a member');
    const choice = named('select_static', { options: [{ text: { content: 'A' }, value: 'a' }] });
    await send(message(card(form(named('input', { required: true, max_length: 3 }), choice))));
    await expect(workspace.submit(fang, group, {})).rejects.toThrow('input is required');
    await expect(workspace.submit(fang, group, { input: 'abcd' })).rejects.toThrow('at most 3');
    await expect(workspace.submit(fang, group, { input: 'a', select_static: 'b' })).rejects.toThrow('no option b');
    await expect(workspace.submit(fang, group, { input: 'a', other: 'b' })).rejects.toThrow('no field other');
  });

  it('accepts no URL that does not return the challenge', async () => {
    await expect(workspace.subscribe('http://127.0.0.1:9')).rejects.toThrow('HTTP 0');
    expect(await workspace.say(workspace.users[0]?.id ?? '', group, 'x')).toMatchObject({ status: 0 });
  });

  it('encrypts as in the published example, and signs all but handshakes', () => {
    const published = 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=';
    const iv = Buffer.from(published, 'base64').subarray(0, 16);
    expect(encrypt('hello world', 'test key', iv)).toBe(published);
    const options = { now: 1_752_346_850_837, nonce: '950646929', encryptKey: 'test key' };
    const { headers, body } = encryptAndSign({ 告: 1 }, options);
    expect(headers).toMatchObject({ 'x-lark-request-timestamp': '1752346850', 'x-lark-request-nonce': '950646929' });
    expect(headers['x-lark-signature']).toBe(signatureOf('1752346850', '950646929', 'test key', body));
    expect(encryptAndSign({ 告: 1 }, { ...options, nonce: '1' }).body).not.toBe(body);
    const plain = { ...options, encryptKey: undefined };
    const unsigned = [
      encryptHandshake({ x: 1 }, options),
      encryptHandshake({ x: 1 }, plain),
      encryptAndSign({ x: 1 }, plain),
    ];
    for (const callback of unsigned) expect(Object.keys(callback.headers)).toEqual(['content-type']);
    expect(unsigned.map((callback) => callback.body.slice(0, 7))).toEqual(['{"encry', '{"x":1}', '{"x":1}']);
  });
});
