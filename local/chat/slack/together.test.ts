import { DeliveryError } from '@casebell/im/webhooks';
import { type Bot, startBot } from './bot.fixture';
import { BOT, CHANNEL, directId } from './organisation';

const [LI, , ALICE, BOB] = ['U0LILEI001', 'U0HANMM002', 'U0ALICE003', 'U0BOBEX004'];
const FORM = {
  command: 'open',
  submit: '提交',
  fields: [
    { name: 'subject', label: '主题', required: true, hint: '一句话' },
    { name: 'body', label: '描述', multiline: true },
    {
      name: 'severity',
      label: '严重程度',
      value: 'high',
      options: [
        { label: '一般', value: 'normal' },
        { label: '高', value: 'high' },
      ],
    },
  ],
};

let bot: Bot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

const talk = (id: string) => bot.workspace.conversations.find((each) => each.id === id);

it('hears a direct message, and answers there', async () => {
  const delivery = await bot.workspace.say(LI, directId(LI), '打开 <工单> & 看 https://a.example/x');
  expect(delivery.status).toBe(200);
  expect(bot.heard).toMatchObject([
    { text: '打开 <工单> & 看 https://a.example/x', isForBot: true, sender: { id: LI }, at: bot.clock.now },
  ]);
  const [message] = bot.heard;
  await bot.app.send({ title: '收到', severity: 'info' }, message?.conversation ?? { id: '', kind: 'direct' });
  expect(talk(directId(LI))?.posts.at(-1)).toMatchObject({ by: 'bot', view: { title: '收到' } });
});

it('hears a mention twice, with one id', async () => {
  await bot.workspace.say(ALICE, CHANNEL, 'open a case, @李雷', { mention: true });
  expect(bot.heard).toHaveLength(2);
  expect(new Set(bot.heard.map(({ id }) => id)).size).toBe(1);
  for (const message of bot.heard) {
    expect(message).toMatchObject({ text: `open a case, @${LI}`, isForBot: true, mentions: [{ id: LI }] });
  }
});

it('passes on what is not addressed, and says so', async () => {
  await bot.workspace.say(LI, CHANNEL, '大家早');
  expect(bot.heard).toMatchObject([{ text: '大家早', isForBot: false, conversation: { id: CHANNEL, kind: 'group' } }]);
});

it('gets the command of a button that a person presses', async () => {
  await bot.app.send(
    { title: '工单', severity: 'warning', buttons: [{ label: '关闭', command: 'close 42' }] },
    { id: CHANNEL, kind: 'group' },
  );
  expect(await bot.workspace.press(LI, CHANNEL, '关闭')).toMatchObject({ status: 200, body: '' });
  expect(bot.heard).toMatchObject([{ text: 'close 42', isForBot: true, conversation: { id: CHANNEL } }]);
  expect(bot.heard[0]).not.toHaveProperty('fields');
});

it('gets what a person filled in, with what stayed as it was', async () => {
  await bot.app.send(
    { title: '新工单', severity: 'info', text: '请填写', form: FORM, buttons: [{ label: '算了', command: 'cancel' }] },
    { id: CHANNEL, kind: 'group' },
  );
  await bot.workspace.submit(LI, CHANNEL, { subject: '实例无法启动', body: '第一行\n第二行' });
  await bot.workspace.press(LI, CHANNEL, '算了');
  expect(bot.heard).toMatchObject([
    { text: 'open', fields: { subject: '实例无法启动', body: '第一行\n第二行', severity: 'high' } },
    { text: 'cancel' },
  ]);
  expect(bot.heard[1]).not.toHaveProperty('fields');
});

it('hears a slash command, shows it to the others, and answers where it is no member', async () => {
  await bot.workspace.say(LI, CHANNEL, '/remove @Casebell');
  const delivery = await bot.workspace.say(LI, CHANNEL, '/case open 数据库');
  expect(delivery).toMatchObject({ status: 200, body: '{"response_type":"in_channel"}' });
  expect(bot.heard).toMatchObject([{ text: 'open 数据库', isForBot: true, sender: { id: LI, name: 'li.lei' } }]);
  const to = bot.heard[0]?.conversation ?? { id: '', kind: 'group' };
  await bot.app.send({ title: '好的', severity: 'info' }, to);
  expect(talk(CHANNEL)?.posts.map(({ by }) => by)).toEqual([LI, 'bot']);
  bot.clock.now += 30 * 60_000;
  await expect(bot.app.send({ title: '晚了', severity: 'info' }, to)).rejects.toThrow(/\/invite/);
});

it('opens a place once, also when the answer to the first call was lost', async () => {
  const card = { title: '工单 42', severity: 'info' as const, buttons: [{ label: '关闭', command: 'close' }] };
  const link = { label: '工单', url: 'https://a.example/42' };
  const place = { name: '工单 42', members: [LI], link, card };
  const from = { id: CHANNEL, kind: 'group' as const };
  bot.workspace.injectFault('chat.postMessage', 'lost', 1);
  await expect(bot.app.createThread?.(place, from, 'case-42')).rejects.toMatchObject({ uncertain: 'unanswered' });
  const opened = await bot.app.createThread?.(place, from, 'case-42');
  expect(talk(CHANNEL)?.posts).toHaveLength(1);
  expect(talk(CHANNEL)?.posts[0]?.view.mentions).toEqual([`@${LI}`]);
  const root = talk(CHANNEL)?.posts[0]?.id;
  expect(opened).toEqual({ id: CHANNEL, kind: 'group', thread: root, card: root });

  await bot.workspace.press(LI, CHANNEL, '关闭');
  await bot.workspace.say(LI, opened?.thread ?? '', '还有问题');
  expect(bot.heard).toMatchObject([
    { text: 'close', conversation: { thread: opened?.thread } },
    { text: '还有问题', isForBot: false, conversation: { thread: opened?.thread } },
  ]);
  await bot.app.send({ title: '回复', severity: 'info' }, opened ?? from);
  expect(talk(opened?.thread ?? '')?.posts.map(({ by }) => by)).toEqual(['bot', LI, 'bot']);
});

it('finishes a place whose card has more parts than the first call could say', async () => {
  const card = { title: '长', severity: 'info' as const, quote: '很长的描述。'.repeat(1500) };
  const place = { name: '长', members: [], link: { label: 'x', url: 'https://a.example' }, card };
  const from = { id: directId(LI), kind: 'direct' as const, person: LI };
  const whole = await bot.app.createThread?.(place, from, 'a');
  const parts = talk(whole?.thread ?? '')?.posts.length ?? 0;
  expect(parts).toBeGreaterThan(1);
  bot.clock.now += 60_000;
  expect(await bot.app.createThread?.(place, from, 'a')).toEqual(whole);
  expect(talk(whole?.thread ?? '')?.posts).toHaveLength(parts);
});

it('takes people of another organisation for strangers, whatever they do', async () => {
  await bot.app.send(
    { title: '工单', severity: 'info', buttons: [{ label: '关闭', command: 'close' }], form: FORM },
    { id: CHANNEL, kind: 'group' },
  );
  await bot.workspace.say(BOB, CHANNEL, 'close', { mention: true });
  await bot.workspace.say(BOB, directId(BOB), 'close');
  await bot.workspace.press(BOB, CHANNEL, '关闭');
  await bot.workspace.submit(BOB, CHANNEL, { subject: 'x' });
  await bot.workspace.share(BOB, CHANNEL, { name: 'a.png', kind: 'image', bytes: Buffer.from('x') });
  expect(bot.heard).toEqual([]);
  const strange = bot.unheard.filter((reason) => reason !== 'from a bot');
  expect(new Set(strange)).toEqual(new Set(['its author is of another workspace']));
});

it('never answers itself', async () => {
  await bot.app.send(
    { title: `<@${BOT}> open`, severity: 'info', quote: 'open' },
    { id: directId(LI), kind: 'direct' },
  );
  await bot.workspace.say(LI, directId(LI), '在吗');
  expect(bot.heard).toHaveLength(1);
  expect(bot.unheard).toEqual(['from a bot']);
});

it('hears of files by their ids', async () => {
  await bot.workspace.share(LI, CHANNEL, { name: '截图.png', kind: 'image', bytes: Buffer.from('x') });
  await bot.workspace.share(LI, directId(LI), { name: 'a.log', kind: 'file', bytes: Buffer.from('x') });
  expect(bot.heard.map(({ files }) => files)).toEqual([
    [{ key: expect.stringMatching(/^F/), kind: 'image', name: '截图.png' }],
    [{ key: expect.stringMatching(/^F/), kind: 'file', name: 'a.log' }],
  ]);
});

it('knows people by e-mail only, and whether its secrets are good', async () => {
  expect(await bot.app.findUser?.({ email: 'li.lei@casebell.example' })).toEqual({ id: LI, name: '李雷' });
  expect(await bot.app.findUser?.({ email: 'nobody@casebell.example' })).toBeUndefined();
  expect(await bot.app.findUser?.({ mobile: '+8613800000001' })).toBeUndefined();
  await expect(bot.app.healthCheck()).resolves.toBeUndefined();
});

it('says in plain words what Slack takes no blocks of, once', async () => {
  bot.workspace.injectFault('chat.postMessage', 'throttle', 1);
  const to = { id: CHANNEL, kind: 'group' as const };
  const error = await bot.app.send({ title: 'x', severity: 'info' }, to).catch((error) => error);
  expect(error).toBeInstanceOf(DeliveryError);
  expect(error).toMatchObject({ retryable: true, throttled: true, retryAfter: 30 });
});
