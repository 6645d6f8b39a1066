import type { Card } from '../card';
import type { ChatMessage } from '../chat-app';
import { type AtWork, atWork } from './workplace.fixture';

const ASK: Card = {
  title: '开工单 Open a case',
  severity: 'info',
  text: 'Choose, or fill in.',
  buttons: [{ label: '取消 Cancel', command: '取消 42' }],
  form: {
    command: '开工单',
    submit: '提交 Submit',
    fields: [
      { name: 'subject', label: '主题', required: true, hint: '一句话' },
      {
        name: 'severity',
        label: '严重性',
        options: [
          { label: '低 Low', value: 'low' },
          { label: '急 Urgent', value: 'urgent' },
        ],
        value: 'low',
      },
      { name: 'body', label: '描述', multiline: true },
    ],
  },
};

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

it('proves its url by the challenge', () => {
  expect(here.callbacks).toMatchObject([{ kind: 'handshake', reply: { status: 200 } }]);
});

it.each(['group', 'direct'] as const)('lets a person ask, press and fill in, in a %s chat', async (where) => {
  const {
    workplace,
    app,
    people: [fang],
  } = here;
  const talk = here[where];
  here.work.on = async (callback) => {
    if (callback.kind === 'message' && callback.message.text === '你好')
      await app.send(ASK, callback.message.conversation, callback.message.id);
  };
  const delivery = await workplace.say(fang, talk.id, '你好', { mention: true });
  expect(delivery).toMatchObject({ status: 200, body: '{}' });
  const conversation = last().conversation;
  expect(last()).toMatchObject({
    text: '你好',
    isForBot: true,
    sender: { id: fang },
    conversation: { id: talk.id, kind: where },
  });
  await until(() => talk.posts.length === 2);
  expect(talk.posts[1]).toMatchObject({
    by: 'bot',
    view: { title: '开工单 Open a case', mark: 'blue' },
    controls: [
      { kind: 'button', label: '取消 Cancel' },
      {
        kind: 'form',
        submit: '提交 Submit',
        fields: [
          { name: 'subject', label: '主题 *', value: '' },
          {
            name: 'severity',
            label: '严重性',
            value: 'low',
            options: [
              { label: '低 Low', value: 'low' },
              { label: '急 Urgent', value: 'urgent' },
            ],
          },
          { name: 'body', label: '描述 (≤ 1000)', value: '' },
        ],
      },
    ],
  });

  expect(await workplace.press(fang, talk.id, '取消 Cancel')).toMatchObject({
    status: 200,
    body: expect.stringContaining('收到 / received'),
  });
  expect(last()).toMatchObject({ text: '取消 42', isForBot: true, sender: { id: fang }, sentAt: here.clock.now });
  expect(last().conversation).toEqual(conversation);
  expect(last().fields).toBeUndefined();

  await workplace.submit(fang, talk.id, { subject: '实例 "i-1" 连不上\\', body: '第一行\n第二行' });
  expect(last()).toMatchObject({
    text: '开工单',
    conversation,
    fields: { subject: '实例 "i-1" 连不上\\', severity: 'low', body: '第一行\n第二行' },
  });
  expect(workplace.rejections).toEqual([]);
});

it('hears every message of a group, and knows which are meant for it', async () => {
  const {
    workplace,
    group,
    people: [fang, wei],
  } = here;
  await workplace.say(fang, group.id, '大家看看');
  expect(last()).toMatchObject({ text: '大家看看', isForBot: false });
  await workplace.say(fang, group.id, '@李伟 请看 @Maria Garcia', { mention: true });
  expect(last()).toMatchObject({ text: '@李伟 请看 @Maria Garcia', isForBot: true });
  expect(last().mentions).toContainEqual({ id: wei, name: '李伟' });
});

it('takes pictures and files', async () => {
  const {
    workplace,
    direct,
    people: [fang],
  } = here;
  const bytes = new Uint8Array(3);
  await workplace.share(fang, direct.id, { name: '截图.png', kind: 'image', bytes });
  expect(last()).toMatchObject({ text: '', files: [{ kind: 'image', key: expect.stringMatching(/^img_/) }] });
  await workplace.share(fang, direct.id, { name: '日志.txt', kind: 'file', bytes });
  expect(last().files).toEqual([{ kind: 'file', key: expect.stringMatching(/^file_/), name: '日志.txt' }]);
});

it('does not talk to people of another organisation', async () => {
  const {
    workplace,
    group,
    people: [, , , stranger],
  } = here;
  await workplace.say(stranger, group.id, '开工单', { mention: true });
  expect(here.callbacks.at(-1)).toMatchObject({
    kind: 'ignored',
    reason: expect.stringContaining('another organisation'),
  });
});

it('understands an app without an Encrypt Key', async () => {
  await here.close();
  here = await atWork({ isEncrypted: false });
  const {
    workplace,
    app,
    group,
    people: [fang],
  } = here;
  await workplace.subscribe(here.callbackUrl);
  await workplace.say(fang, group.id, '你好', { mention: true });
  expect(last()).toMatchObject({ text: '你好' });
  await app.send(ASK, { id: group.id, kind: 'group' });
  await workplace.press(fang, group.id, '取消 Cancel');
  expect(last()).toMatchObject({
    text: '取消 42',
    conversation: { id: group.id, kind: 'group' },
  });
  await workplace.submit(fang, group.id, { subject: 's' });
  expect(last()).toMatchObject({ text: '开工单', fields: { subject: 's', severity: 'low', body: '' } });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
