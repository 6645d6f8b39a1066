import type { Card } from '@casebell/im/webhooks';
import { type Office, openOffice } from './office.fixture';

const CARD: Card = {
  title: '工单 42',
  severity: 'warning',
  text: '已经**打开**。',
  links: [{ label: '控制台', url: 'https://console.example/42' }],
  buttons: [
    { label: '关闭', command: '关闭 42' },
    { label: 'Raise (urgent)', command: 'severity 42 urgent & "more" + 100%' },
  ],
  form: {
    command: '开工单',
    submit: '提交工单',
    fields: [
      { name: 'subject', label: '标题', hint: '一句话', required: true },
      {
        name: 'severity',
        label: '级别',
        options: [
          { label: '低', value: 'low' },
          { label: '高', value: 'high' },
        ],
      },
      { name: 'language', label: '语言', value: 'zh' },
    ],
  },
};

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

it('hears a person, shows them a card, and hears what they press and fill in', async () => {
  const { workspace, app, group, li } = office;
  expect(await workspace.say(li, group.id, '帮助', { mention: true })).toMatchObject({
    status: 200,
    body: '{"msgtype":"empty"}',
  });
  const [asked] = office.messages();
  if (!asked) throw new Error('Nobody was heard.');
  expect(asked).toMatchObject({
    text: '帮助',
    conversation: { id: group.id, kind: 'group' },
    sender: { id: li, name: '王芳' },
  });
  await app.send(CARD, asked.conversation, 'once');

  const shown = group.posts.at(-1);
  expect(shown).toMatchObject({ by: 'bot', view: { title: '工单 42', mark: '🟠' } });
  expect(shown?.controls).toEqual([
    { kind: 'button', label: '关闭' },
    { kind: 'button', label: 'Raise (urgent)' },
    {
      kind: 'form',
      submit: '提交工单',
      fields: [
        { name: 'subject', label: 'subject', value: '' },
        {
          name: 'severity',
          label: 'severity',
          value: '',
          options: [
            { label: 'low', value: 'low' },
            { label: 'high', value: 'high' },
          ],
        },
        { name: 'language', label: 'language', value: 'zh' },
      ],
    },
  ]);
  expect(shown?.view.lines).toEqual(expect.arrayContaining(['关闭: 关闭 42', '控制台 <https://console.example/42>']));

  await workspace.press(li, group.id, '关闭');
  await workspace.press(li, group.id, 'Raise (urgent)');
  await workspace.submit(li, group.id, { subject: 'EC2: 实例已停止', severity: 'high' });
  expect(office.messages().map(({ text }) => text)).toEqual([
    '帮助',
    '关闭 42',
    'severity 42 urgent & "more" + 100%',
    '开工单\nsubject: EC2: 实例已停止\nseverity: high\nlanguage: zh',
  ]);
  expect(workspace.rejections).toEqual([]);
});

it('can be pressed wherever it came by: in a group and in a direct chat, in a session and by the OpenAPI', async () => {
  const { workspace, app, group, direct, li } = office;
  for (const talk of [group, direct]) {
    await workspace.say(li, talk.id, 'hi', { mention: true });
    const { conversation } = office.messages().at(-1) ?? {};
    if (!conversation) throw new Error('Nobody was heard.');
    for (const { replyUrl, ...to } of [conversation, { ...conversation, answer: undefined }]) {
      await app.send(CARD, { ...to, ...(replyUrl && { replyUrl }) });
      await workspace.press(li, talk.id, 'Raise (urgent)');
      expect(office.messages().at(-1)?.text).toBe('severity 42 urgent & "more" + 100%');
    }
  }
  const kinds = [...group.posts, ...direct.posts].flatMap(({ payload }) => (payload ? Object.keys(payload)[0] : []));
  expect(kinds).toEqual(['msgtype', 'robotCode', 'msgtype', 'robotCode']);
});

it('goes on after a session is over, which its own clock need not have noticed', async () => {
  const { workspace, app, group, li, clock } = office;
  await workspace.say(li, group.id, 'hi', { mention: true });
  const { conversation } = office.messages()[0] ?? {};
  if (!conversation?.replyUrl) throw new Error('There is no session.');
  clock.now = conversation.replyUrl.expiresAt;
  await app.send(CARD, { ...conversation, replyUrl: { ...conversation.replyUrl, expiresAt: clock.now + 3_600_000 } });
  expect(workspace.rejections).toMatchObject([{ path: '/robot/sendBySession', body: { errcode: 300001 } }]);
  expect(group.posts.at(-1)).toMatchObject({ by: 'bot', payload: { msgKey: 'sampleActionCard3' } });
});

it('is silent to a guest, and shows nothing to anybody', async () => {
  const { workspace, group } = office;
  const guest = workspace.users.find(({ external }) => external)?.id ?? '';
  expect(await workspace.say(guest, group.id, '关闭 42', { mention: true })).toMatchObject({ status: 200 });
  expect(office.heard).toMatchObject([{ kind: 'ignored', reason: 'from a person of another organisation' }]);
  expect(group.posts.map(({ by }) => by)).toEqual([guest]);
});

it('hears nothing that is not said to it', async () => {
  const { workspace, group, li } = office;
  await workspace.say(li, group.id, '吃了吗');
  expect([office.heard, workspace.deliveries]).toEqual([[], []]);
});

it('takes a file in a direct chat, and a picture in a group', async () => {
  const { workspace, group, direct, li } = office;
  const bytes = new Uint8Array(1);
  await workspace.share(li, direct.id, { name: '日志.pdf', kind: 'file', bytes });
  await workspace.share(li, direct.id, { name: 'a.png', kind: 'image', bytes });
  await workspace.share(li, group.id, { name: 'b.png', kind: 'image', bytes });
  await workspace.share(li, group.id, { name: 'c.pdf', kind: 'file', bytes });
  const key = expect.any(String);
  expect(office.messages().map(({ text, files }) => [text, files])).toEqual([
    ['', [{ key, kind: 'file', name: '日志.pdf' }]],
    ['', [{ key, kind: 'image' }]],
    ['', [{ key, kind: 'image' }]],
  ]);
});

it('calls whom it mentions while it answers, and names them later', async () => {
  const { workspace, app, group, li } = office;
  await workspace.say(li, group.id, '@李雷 请看', { mention: true });
  const { conversation, mentions = [] } = office.messages()[0] ?? {};
  if (!conversation) throw new Error('Nobody was heard.');
  expect(mentions).toEqual([{ id: '0258369147' }]);
  const card: Card = { ...CARD, mentions: [{ id: '0258369147', name: '李雷' }] };
  await app.send(card, conversation);
  expect(group.posts.at(-1)?.view.mentions).toEqual(['@0258369147']);
  await app.send(card, { id: conversation.id, kind: 'group' });
  expect(group.posts.at(-1)?.view).toMatchObject({ mentions: [], lines: expect.arrayContaining(['@李雷']) });
  await workspace.press(li, group.id, '关闭');
  expect(office.messages().at(-1)?.text).toBe('关闭 42');
});

it('finds a colleague by mobile number, a stranger by none, and nobody by e-mail', async () => {
  const { app, li } = office;
  expect(await app.findUser?.({ mobile: ' 13800000001' })).toEqual({ id: li });
  expect(await app.findUser?.({ mobile: '13900000009' })).toBeUndefined();
  expect(await app.findUser?.({ email: 'wangfang@example.cn' })).toBeUndefined();
});

it('says that it is known', async () => {
  await expect(office.app.healthCheck()).resolves.toBeUndefined();
});
