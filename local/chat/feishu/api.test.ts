import { atDesk, type Desk, MINUTE, message, SEND, TOKEN } from './desk.fixture';
import { SECRETS } from './office';

let desk: Desk;
beforeEach(async () => {
  desk = await atDesk();
});

it('gives out the same token until half an hour before its end, and then a second one', async () => {
  desk.clock.now += 90 * MINUTE;
  const { tenant_access_token: first, expire } = await desk.issue();
  expect(expire).toBe(1800);
  desk.clock.now += MINUTE;
  const { tenant_access_token: second } = await desk.issue();
  expect(second).not.toBe(first);
  const info = (token: string) => desk.call('GET', 'bot/v3/info', undefined, `Bearer ${token}`);
  expect((await info(first)).body.bot).toMatchObject({ activate_status: 2 });
  desk.clock.now += 29 * MINUTE;
  expect(await info(first)).toMatchObject({ status: 400, body: { code: 99991663 } });
  expect((await info(second)).body.code).toBe(0);
});

it.each([
  [{ app_id: 'x', app_secret: 'y' }, 10003, 'invalid param'],
  [{ app_id: 'cli_ffffffffffffffff', app_secret: 'y' }, 10014, 'app id not exists'],
  [{ app_id: SECRETS.appId, app_secret: 'y' }, 10014, 'app secret invalid'],
])('gives no token to %j', async (payload, code, msg) => {
  expect(await desk.call('POST', TOKEN, payload, '')).toMatchObject({ status: 200, body: { code, msg } });
});

it.each([
  ['', 99991661],
  ['Bearer u', 99991671],
  ['Bearer t-0', 99991663],
])('does not believe "%s"', async (authorization, code) => {
  expect(await desk.call('POST', SEND, message(desk.group, {}), authorization)).toMatchObject({
    status: 400,
    body: { code },
  });
  expect(desk.workspace.rejections).toHaveLength(1);
});

it('knows the key of a group for ten hours', async () => {
  const open = async () =>
    (await desk.call('POST', 'im/v1/chats?user_id_type=open_id&uuid=k', { name: '工单' })).body.data.chat_id;
  const first = await open();
  expect(await open()).toBe(first);
  desk.clock.now += 600 * MINUTE;
  await desk.issue();
  expect(await open()).not.toBe(first);
});

it.each([
  ['too long a name', 'im/v1/chats?user_id_type=open_id', { name: '名'.repeat(61) }, 232001],
  ['people by another id', 'im/v1/chats?user_id_type=user_id', { name: 'n' }, 232001],
  ['more than fifty people', 'im/v1/chats?user_id_type=open_id', { user_id_list: Array(51).fill('ou_x') }, 232001],
  ['an unknown chat', 'im/v1/chats/oc_x/chat_tabs', { chat_tabs: [] }, 232006],
  ['a part of the API that is not there', 'im/v2/chats', {}, 404],
])('refuses %s', async (_, path, payload, code) => {
  expect((await desk.call('POST', path, payload)).body.code).toBe(code);
});

it('pins only what is a web page with a short name', async () => {
  const pin = async (tab_name: string, url: string, tab_type = 'url') => {
    return (
      await desk.call('POST', `im/v1/chats/${desk.group}/chat_tabs`, {
        chat_tabs: [{ tab_name, tab_type, tab_content: { url } }],
      })
    ).body.code;
  };
  expect(await pin('a', 'ftp://a.example')).toBe(232048);
  expect(await pin('名'.repeat(61), 'https://a.example')).toBe(232047);
  expect(await pin('a', 'https://a.example', 'pin')).toBe(232001);
  expect(await pin('名'.repeat(60), 'https://a.example')).toBe(0);
  const { data } = (await desk.call('GET', `im/v1/chats/${desk.group}/chat_tabs/list_tabs`)).body;
  expect(data.chat_tabs).toMatchObject([{ tab_type: 'message' }, { tab_content: { url: 'https://a.example' } }]);
});
