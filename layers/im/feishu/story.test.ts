import type { Card } from '../card';
import type { ChatMessage } from '../chat-app';
import { openTestWorkspace, type TestWorkspace } from './workspace.fixture';

const OPTIONS = [
  { label: '低 Low', value: 'low' },
  { label: '急 Urgent', value: 'urgent' },
];
const CARD: Card = {
  title: '开工单 Open a case',
  severity: 'info',
  text: 'Choose, or fill in.',
  buttons: [{ label: '取消 Cancel', command: '取消 42' }],
  form: {
    command: '开工单',
    submit: '提交 Submit',
    fields: [
      { name: 'subject', label: '主题', required: true, hint: '一句话' },
      { name: 'severity', label: '严重性', options: OPTIONS, value: 'low' },
      { name: 'body', label: '描述', multiline: true },
    ],
  },
};

let test: TestWorkspace;
afterEach(() => test.close());

async function open(options: Parameters<typeof openTestWorkspace>[0] = {}): Promise<void> {
  test = await openTestWorkspace(options);
  await test.workspace.subscribe(test.callbackUrl);
}

function last(): ChatMessage {
  const callback = test.callbacks.at(-1);
  if (!callback || !('kind' in callback) || callback.kind !== 'message') throw new Error(`no message: ${callback}`);
  return callback.message;
}

describe.each([true, false])('with an Encrypt Key: %s,', (isEncrypted) => {
  beforeEach(() => open({ isEncrypted }));

  it.each(['group', 'direct'] as const)('a person writes, presses and submits in a %s chat', async (kind) => {
    const { workspace, app } = test;
    const [fang] = test.people;
    const chat = test[kind];
    let sent: Promise<void> | undefined;
    test.onCallback = async (callback) => {
      if (callback.kind !== 'message' || callback.message.text !== '你好') return;
      sent = app.send(CARD, callback.message.conversation, callback.message.id);
    };
    expect(test.callbacks).toMatchObject([{ kind: 'handshake', reply: { status: 200 } }]);
    expect(await workspace.say(fang, chat.id, '你好', { mention: true })).toMatchObject({ status: 200, body: '{}' });
    const { conversation } = last();
    expect(last()).toMatchObject({ text: '你好', isForBot: true, sender: { id: fang } });
    expect(conversation).toMatchObject({ id: chat.id, kind });
    await sent;
    const fields = [
      { name: 'subject', label: '主题 *', value: '' },
      { name: 'severity', label: '严重性', value: 'low', options: OPTIONS },
      { name: 'body', label: '描述 (≤ 1000)', value: '' },
    ];
    const button = { kind: 'button', label: '取消 Cancel' };
    const form = { kind: 'form', submit: '提交 Submit', fields };
    expect(chat.posts[1]).toMatchObject({ by: 'bot', view: { mark: 'blue' }, controls: [button, form] });

    const toast = { status: 200, body: expect.stringContaining('收到 / received') };
    expect(await workspace.press(fang, chat.id, '取消 Cancel')).toMatchObject(toast);
    expect(last()).toMatchObject({ text: '取消 42', conversation, sender: { id: fang }, sentAt: test.clock.now });
    await workspace.submit(fang, chat.id, { subject: '实例 "i-1" 连不上\\', body: '第一行\n第二行' });
    const values = { subject: '实例 "i-1" 连不上\\', severity: 'low', body: '第一行\n第二行' };
    expect(last()).toMatchObject({ text: '开工单', conversation, fields: values });
    expect(workspace.rejections).toEqual([]);
  });
});

it('receives every message of a group, and knows which ones are for the bot', async () => {
  await open();
  const { workspace, group, people } = test;
  await workspace.say(people[0], group.id, '大家看看');
  expect(last()).toMatchObject({ text: '大家看看', isForBot: false });
  await workspace.say(people[0], group.id, '@李伟 请看 @Maria Garcia', { mention: true });
  expect(last()).toMatchObject({ text: '@李伟 请看 @Maria Garcia', isForBot: true });
  expect(last().mentions).toContainEqual({ id: people[1], name: '李伟' });
  await workspace.say(people[3], group.id, '开工单', { mention: true });
  const reason = expect.stringContaining('another organisation');
  expect(test.callbacks.at(-1)).toMatchObject({ kind: 'ignored', reason });
});

it('sends for twelve hours without an expired token', async () => {
  await open();
  for (let hour = 0; hour < 12; hour++) {
    await test.app.send(CARD, { id: test.group.id, kind: 'group' });
    test.clock.now += 20 * 60_000;
  }
  expect(test.group.posts).toHaveLength(12);
  expect(test.workspace.rejections).toEqual([]);
});

it('finds users by e-mail address and mobile number', async () => {
  await open();
  const { app, people } = test;
  expect(await app.findUser?.({ email: 'wangfang@corp.example' })).toEqual({ id: people[0] });
  expect(await app.findUser?.({ mobile: '+14155550103' })).toEqual({ id: people[2] });
  expect(await app.findUser?.({ email: 'unknown@corp.example' })).toBeUndefined();
  expect(await app.findUser?.({ mobile: '13900000004' })).toBeUndefined();
});

it('healthCheck() resolves with the right secret, and says what to do with a wrong one', async () => {
  await open();
  await expect(test.app.healthCheck()).resolves.toBeUndefined();
  await test.close();
  await open({ secrets: { appSecret: 'wrong' } });
  const message = expect.stringMatching(/copy both again/);
  await expect(test.app.healthCheck()).rejects.toMatchObject({ code: '10014', retryable: false, message });
});
