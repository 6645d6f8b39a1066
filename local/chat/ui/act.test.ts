import { card, saying, type TalkVisitor, visit } from './visitor.fixture';

let visitor: TalkVisitor;
beforeEach(async () => {
  visitor = await visit();
});
afterEach(() => visitor.close());

const FORM = '工单:\n开工单\nsubject: 旧\nbody: (发生了什么)\nseverity: low | high';

it('says to the bot what a person types, and shows both', async () => {
  visitor.bot.answer = saying(card('你好，王芳'));
  expect(await visitor.act('say', { text: '帮助' })).toMatchObject({ status: 200, body: { kind: 'answered' } });
  expect(visitor.heard).toEqual(['帮助']);
  const page = await visitor.page();
  expect(page).toMatch(/<article class="person".*王芳.*@Casebell 帮助.*<article class="bot.*你好，王芳/s);
});

it('presses a button, as the person who is chosen', async () => {
  visitor.bot.answer = saying(card('工单 42', '关闭 42'));
  await visitor.act('say', { text: '看看' });
  const [, li] = visitor.workspace.users;
  expect(await visitor.act('press', { by: li?.id, label: '关闭 42' })).toMatchObject({ body: { kind: 'answered' } });
  expect(visitor.heard.at(-1)).toBe('关闭 42');
  expect(visitor.group.posts.map(({ by }) => by)).toEqual([visitor.me, 'bot', li?.id, 'bot']);
});

it('submits a form with what was filled in, and leaves the rest as it was', async () => {
  visitor.bot.answer = saying({ msgtype: 'text', text: { content: FORM } });
  await visitor.act('say', { text: '开工单' });
  await visitor.act('submit', { values: { body: '实例 i-0abc\n启动不了' } });
  expect(visitor.heard.at(-1)).toBe('开工单\nsubject: 旧\nbody: 实例 i-0abc\n启动不了');
});

it('shares a picture', async () => {
  await visitor.act('share', { name: '截图.png', kind: 'image', base64: Buffer.from('PNG').toString('base64') });
  expect(visitor.heard).toEqual(['richText']);
  expect(await visitor.page()).toContain('截图.png');
});

it('says so when the bot is not called, which is no failure', async () => {
  const { body } = await visitor.act('say', { text: '吃了吗', mention: false });
  expect(body).toMatchObject({ kind: 'unheard', text: { zh: expect.stringContaining('听不到') } });
  expect(visitor.heard).toEqual([]);
  expect(await visitor.page()).toContain('吃了吗');
  expect(await visitor.page()).not.toContain('refused');
});

it('shows everybody in the talk that the bot answered with an error', async () => {
  visitor.bot.answer = (response) => void response.writeHead(502).end();
  const { body } = await visitor.act('say', { text: '帮助' });
  expect(body).toMatchObject({ kind: 'failed', text: { en: 'The bot answered 502' } });
  expect(await visitor.page()).toMatch(/class="refused".*未送达.*Failed.*机器人应答了 502/s);
});

it('shows everybody in the talk that the bot did not answer in time', async () => {
  visitor.bot.answer = () => undefined;
  const { body } = await visitor.act('say', { text: '帮助' });
  expect(body).toMatchObject({ kind: 'failed', text: { zh: '机器人没有及时应答' } });
  expect(await visitor.page()).toContain('The bot did not answer in time');
});

it.each([
  ['a stranger', 'say', { by: 'nobody', text: 'x' }, 'Nobody here is nobody.'],
  ['a talk that is not there', 'say', { talk: 'none', text: 'x' }, 'is in no talk none.'],
  ['nothing', 'say', { text: '  ' }, 'Give text'],
  ['a button that is not there', 'press', { label: '关闭' }, 'There is no button 关闭'],
  ['a form that is not there', 'submit', { values: {} }, 'There is no form'],
  ['values that are no texts', 'submit', { values: { a: 1 } }, 'Give a text.'],
  ['values that are a list', 'submit', { values: [] }, 'Give values'],
  ['an empty file', 'share', { name: 'a.txt', base64: '' }, 'Give base64'],
])('refuses %s with a reason', async (_, way, input, reason) => {
  expect(await visitor.act(way, input)).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining(reason) },
  });
  expect(visitor.heard).toEqual([]);
});

it.each(['/talks/wecom/say', '/talks/dingtalk/close', '/talks/dingtalk/constructor', '/talks/dingtalk', '/talks/'])(
  'has nothing at %s',
  async (path) => {
    expect((await visitor.post(path, { by: visitor.me, talk: visitor.group.id, text: 'x' })).status).toBe(404);
  },
);

it('refuses what is no JSON object', async () => {
  expect((await visitor.post('/talks/dingtalk/say', '{"by":')).status).toBe(400);
  expect((await visitor.post('/talks/dingtalk/say', '[]')).status).toBe(400);
});
