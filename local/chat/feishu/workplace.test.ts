import { atDesk, card, type Desk, form, message, named, SEND } from './desk.fixture';
import { SECRETS } from './office';
import { createWorkspace } from './workspace';

let desk: Desk;
beforeEach(async () => {
  desk = await atDesk();
});

it('is four people, one of them from elsewhere, with a group and direct chats', () => {
  expect(desk.workspace.users.map(({ external = false }) => external)).toEqual([false, false, false, true]);
  expect(desk.workspace.conversations.map(({ kind, members }) => [kind, members.length])).toEqual([
    ['group', 4],
    ...Array(4).fill(['direct', 1]),
  ]);
  expect(desk.workspace.secrets).toEqual(SECRETS);
  expect(createWorkspace({ now: Date.now, onChange: () => undefined, encrypted: false }).secrets).not.toHaveProperty(
    'encryptKey',
  );
});

it('owns the API on both hosts, and no webhook', () => {
  const owns = (url: string) => desk.workspace.owns(new URL(url));
  expect(owns('https://open.feishu.cn/open-apis/im/v1/messages')).toBe(true);
  expect(owns('https://open.larksuite.com/open-apis/bot/v3/info')).toBe(true);
  expect(owns('https://open.feishu.cn/open-apis/bot/v2/hook/0123')).toBe(false);
  expect(owns('https://oapi.dingtalk.com/open-apis/im/v1/messages')).toBe(false);
});

it('lets nobody do what the client would not let him do', async () => {
  const [fang, , , stranger] = desk.workspace.users.map(({ id }) => id) as [string, string, string, string];
  const here = desk.group;
  await expect(desk.workspace.press(fang, here, 'x')).rejects.toThrow('no button x');
  await expect(desk.workspace.submit(fang, here, {})).rejects.toThrow('no form');
  await expect(desk.workspace.say(stranger, desk.direct, 'x')).rejects.toThrow('is not in');
  const choice = named('select_static', { options: [{ text: { content: 'A' }, value: 'a' }] });
  await desk.call(
    'POST',
    SEND,
    message(desk.group, card(form(named('input', { required: true, max_length: 3 }), choice))),
  );
  await expect(desk.workspace.submit(fang, here, {})).rejects.toThrow('input is required');
  await expect(desk.workspace.submit(fang, here, { input: 'abcd' })).rejects.toThrow('no more letters');
  await expect(desk.workspace.submit(fang, here, { input: 'a', select_static: 'b' })).rejects.toThrow('no option b');
  await expect(desk.workspace.submit(fang, here, { input: 'a', other: 'b' })).rejects.toThrow('no field other');
});
