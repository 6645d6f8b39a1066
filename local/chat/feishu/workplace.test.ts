import type { Json } from '../json';
import { SECRETS } from './office';
import { type FeishuWorkplace, openWorkplace } from './workplace';

const NOON = Date.parse('2026-05-01T12:00:00Z');
const TOKEN = 'auth/v3/tenant_access_token/internal';
const SEND = 'im/v1/messages?receive_id_type=chat_id';
const MINUTE = 60_000;

let workplace: FeishuWorkplace;
let clock: { now: number };
let token: string;
beforeEach(async () => {
  clock = { now: NOON };
  workplace = openWorkplace({ now: () => clock.now, changed: () => undefined });
  token = (await issue()).tenant_access_token;
});

const [group, direct] = [0, 1].map((at) => () => workplace.talks[at]?.id ?? '');
const card = (...elements: Json[]) => ({ schema: '2.0', body: { elements } });
const form = (...elements: Json[]): Json => ({
  tag: 'form',
  name: 'f',
  elements: [
    ...elements,
    { tag: 'button', name: 'b', form_action_type: 'submit', text: { tag: 'plain_text', content: 'ok' } },
  ],
});
const message = (content: object | string, more: object = {}) => ({
  receive_id: group?.(),
  msg_type: 'interactive',
  content: typeof content === 'string' ? content : JSON.stringify(content),
  ...more,
});

async function call(method: string, path: string, payload?: Json, authorization = `Bearer ${token}`) {
  const url = new URL(`https://open.feishu.cn/open-apis/${path}`);
  const body = Buffer.from(payload ? JSON.stringify(payload) : '');
  const answer = await workplace.answer({ method, url, headers: { authorization }, body, at: clock.now, payload });
  if (typeof answer === 'string') throw new Error(answer);
  return { ...answer, body: Object(answer.body) };
}

const issue = async () =>
  (await call('POST', TOKEN, { app_id: SECRETS.appId, app_secret: SECRETS.appSecret }, '')).body;

it('is four people, one of them from elsewhere, with a group and direct chats', () => {
  expect(workplace.people.map(({ external = false }) => external)).toEqual([false, false, false, true]);
  expect(workplace.talks.map(({ kind, members }) => [kind, members.length])).toEqual([
    ['group', 4],
    ...Array(4).fill(['direct', 1]),
  ]);
  expect(workplace.secrets).toEqual(SECRETS);
  expect(openWorkplace({ now: Date.now, changed: () => undefined, encrypted: false }).secrets).not.toHaveProperty(
    'encryptKey',
  );
});

it('owns the API on both hosts, and no webhook', () => {
  const owns = (url: string) => workplace.owns(new URL(url));
  expect(owns('https://open.feishu.cn/open-apis/im/v1/messages')).toBe(true);
  expect(owns('https://open.larksuite.com/open-apis/bot/v3/info')).toBe(true);
  expect(owns('https://open.feishu.cn/open-apis/bot/v2/hook/0123')).toBe(false);
  expect(owns('https://oapi.dingtalk.com/open-apis/im/v1/messages')).toBe(false);
});

it('gives out the same token until half an hour before its end, and then a second one', async () => {
  clock.now += 90 * MINUTE;
  expect(await issue()).toMatchObject({ code: 0, tenant_access_token: token, expire: 1800 });
  clock.now += MINUTE;
  const next = await issue();
  expect(next).toMatchObject({ expire: 7200, tenant_access_token: expect.not.stringContaining(token) });
  expect((await call('GET', 'bot/v3/info')).body.code).toBe(0);
  clock.now += 29 * MINUTE;
  expect(await call('GET', 'bot/v3/info')).toMatchObject({ status: 400, body: { code: 99991663 } });
  expect((await call('GET', 'bot/v3/info', undefined, `Bearer ${next.tenant_access_token}`)).body.bot).toMatchObject({
    activate_status: 2,
  });
});

it.each([
  [{ app_id: 'x', app_secret: 'y' }, 10003, 'invalid param'],
  [{ app_id: 'cli_ffffffffffffffff', app_secret: 'y' }, 10014, 'app id not exists'],
  [{ app_id: SECRETS.appId, app_secret: 'y' }, 10014, 'app secret invalid'],
])('gives no token to %j', async (payload, code, msg) => {
  expect(await call('POST', TOKEN, payload, '')).toMatchObject({ status: 200, body: { code, msg } });
});

it.each([
  ['', 99991661],
  ['Bearer u', 99991671],
  ['Bearer t-0', 99991663],
])('does not believe "%s"', async (authorization, code) => {
  expect(await call('POST', SEND, message({}), authorization)).toMatchObject({ status: 400, body: { code } });
  expect(workplace.refusals).toHaveLength(1);
});

const named = (tag: string, more: Json = {}): Json => ({ tag, name: tag, ...more });
it.each([
  ['an unknown chat', () => message({}, { receive_id: 'oc_x' }), 230001, 'receive_id'],
  ['no JSON', () => message('{'), 230001, 'json'],
  ['an unknown type', () => message({}, { msg_type: 'x' }), 230001, 'msg_type'],
  ['an empty text', () => message({ text: '' }, { msg_type: 'text' }), 230001, 'empty'],
  ['too long a key', () => message({ text: 'a' }, { msg_type: 'text', uuid: 'k'.repeat(51) }), 230001, 'uuid'],
  ['a card over 30 KB', () => message(card({ tag: 'markdown', content: '告'.repeat(10_200) })), 230025, ''],
  ['a text over 150 KB', () => message({ text: 'a'.repeat(150 * 1024) }, { msg_type: 'text' }), 230025, ''],
  ['an action in a 2.0 card', () => message(card({ tag: 'action', actions: [] })), 230099, '200861'],
  [
    'a card for everybody alone',
    () => message({ ...card({ tag: 'hr' }), config: { update_multi: false } }),
    230099,
    '200621',
  ],
  ['a call of nobody', () => message(card({ tag: 'markdown', content: '<at id=ou_x></at>' })), 230099, '100290'],
  [
    '201 components',
    () => message(card(...Array.from({ length: 201 }, () => ({ tag: 'hr' })))),
    230099,
    'exceeds the limit',
  ],
  [
    'a property of no component',
    () => message(card(named('button', { url: 'https://a.example' }))),
    230099,
    'property: url',
  ],
  [
    'a form inside of something',
    () => message(card({ tag: 'column_set', columns: [{ tag: 'column', elements: [form()] }] })),
    230099,
    'root',
  ],
  [
    'a form without a submit button',
    () => message(card(named('form', { elements: [named('input')] }))),
    230099,
    'submit',
  ],
  ['a field without a name', () => message(card(form({ tag: 'input' }))), 230099, 'name is empty'],
  ['two of one name', () => message(card(form(named('input'), named('input')))), 230099, 'duplicate name'],
  ['an input of 8,000 letters', () => message(card(form(named('input', { max_length: 8000 })))), 230099, 'max_length'],
  [
    'a preset of 1,001',
    () => message(card(form(named('input', { default_value: 'a'.repeat(1001) })))),
    230099,
    'default_value',
  ],
  [
    'a hint of 101',
    () => message(card(form(named('input', { placeholder: { tag: 'plain_text', content: 'a'.repeat(101) } })))),
    230099,
    'placeholder',
  ],
  [
    'two options of one value',
    () => message(card(form(named('select_static', { options: [{ value: 'a' }, { value: 'a' }] })))),
    230099,
    'duplicate options',
  ],
])('does not send %s', async (_, payload, code, words) => {
  expect(await call('POST', SEND, payload())).toMatchObject({
    status: 400,
    body: { code, msg: expect.stringContaining(words) },
  });
  expect(workplace.talks[0]?.posts).toEqual([]);
});

it('sends nothing where the bot is not', async () => {
  workplace.expel(group?.() ?? '');
  expect((await call('POST', SEND, message(card({ tag: 'hr' })))).body.code).toBe(230002);
  expect((await call('GET', `im/v1/chats/${group?.()}/chat_tabs/list_tabs`)).body.code).toBe(232011);
  expect((await call('POST', SEND, message(card({ tag: 'hr' }), { receive_id: direct?.() }))).body.code).toBe(0);
});

it('knows a key for an hour', async () => {
  const hello = () => call('POST', SEND, message({ text: 'a' }, { msg_type: 'text', uuid: 'k' }));
  const first = await hello();
  clock.now += 59 * MINUTE;
  expect((await hello()).body.data.message_id).toBe(first.body.data.message_id);
  expect(workplace.talks[0]?.posts).toHaveLength(1);
  clock.now += MINUTE;
  await hello();
  expect(workplace.talks[0]?.posts).toHaveLength(2);
});

it('takes five messages a second in a chat, and fifty calls of one kind', async () => {
  const hello = () => call('POST', SEND, message({ text: 'a' }, { msg_type: 'text' }));
  for (let sent = 0; sent < 5; sent++) expect((await hello()).body.code).toBe(0);
  expect(await hello()).toMatchObject({ status: 400, body: { code: 230020 } });
  for (let asked = 0; asked < 50; asked++) await call('GET', 'bot/v3/info');
  expect(await call('GET', 'bot/v3/info')).toMatchObject({
    status: 429,
    body: { code: 99991400 },
    headers: { 'x-ogw-ratelimit-reset': '1' },
  });
  clock.now += 1000;
  expect((await hello()).body.code).toBe(0);
});

it('knows the key of a group for ten hours', async () => {
  const open = async () =>
    (await call('POST', 'im/v1/chats?user_id_type=open_id&uuid=k', { name: '工单' })).body.data.chat_id;
  const first = await open();
  expect(await open()).toBe(first);
  clock.now += 600 * MINUTE;
  token = (await issue()).tenant_access_token;
  expect(await open()).not.toBe(first);
});

it.each([
  ['too long a name', 'im/v1/chats?user_id_type=open_id', { name: '名'.repeat(61) }, 232001],
  ['people by another id', 'im/v1/chats?user_id_type=user_id', { name: 'n' }, 232001],
  ['more than fifty people', 'im/v1/chats?user_id_type=open_id', { user_id_list: Array(51).fill('ou_x') }, 232001],
  ['an unknown chat', 'im/v1/chats/oc_x/chat_tabs', { chat_tabs: [] }, 232006],
  ['a part of the API that is not there', 'im/v2/chats', {}, 404],
])('refuses %s', async (_, path, payload, code) => {
  expect((await call('POST', path, payload)).body.code).toBe(code);
});

it('pins only what is a web page with a short name', async () => {
  const pin = async (tab_name: string, url: string, tab_type = 'url') => {
    return (
      await call('POST', `im/v1/chats/${group?.()}/chat_tabs`, {
        chat_tabs: [{ tab_name, tab_type, tab_content: { url } }],
      })
    ).body.code;
  };
  expect(await pin('a', 'ftp://a.example')).toBe(232048);
  expect(await pin('名'.repeat(61), 'https://a.example')).toBe(232047);
  expect(await pin('a', 'https://a.example', 'pin')).toBe(232001);
  expect(await pin('名'.repeat(60), 'https://a.example')).toBe(0);
  const { data } = (await call('GET', `im/v1/chats/${group?.()}/chat_tabs/list_tabs`)).body;
  expect(data.chat_tabs).toMatchObject([{ tab_type: 'message' }, { tab_content: { url: 'https://a.example' } }]);
});

it('lets nobody do what the client would not let him do', async () => {
  const [fang, , , stranger] = workplace.people.map(({ id }) => id) as [string, string, string, string];
  const here = group?.() ?? '';
  await expect(workplace.press(fang, here, 'x')).rejects.toThrow('no button x');
  await expect(workplace.submit(fang, here, {})).rejects.toThrow('no form');
  await expect(workplace.say(stranger, direct?.() ?? '', 'x')).rejects.toThrow('is not in');
  const choice = named('select_static', { options: [{ text: { content: 'A' }, value: 'a' }] });
  await call('POST', SEND, message(card(form(named('input', { required: true, max_length: 3 }), choice))));
  await expect(workplace.submit(fang, here, {})).rejects.toThrow('input is required');
  await expect(workplace.submit(fang, here, { input: 'abcd' })).rejects.toThrow('no more letters');
  await expect(workplace.submit(fang, here, { input: 'a', select_static: 'b' })).rejects.toThrow('no option b');
  await expect(workplace.submit(fang, here, { input: 'a', other: 'b' })).rejects.toThrow('no field other');
});
