import { card, saying, type TalkVisitor, visit } from './visitor.fixture';

let visitor: TalkVisitor;
beforeEach(async () => {
  visitor = await visit();
});
afterEach(() => visitor.close());

async function listen() {
  const response = await fetch(`${visitor.url}/live`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const all = () => [...heard.matchAll(/^event: talk\ndata: (.*)\n\n/gm)].map(([, data = '']) => JSON.parse(data));
  const talks = () => all().filter(({ platform }) => platform === 'dingtalk');
  return {
    talks,
    async until(isEnough: () => boolean) {
      while (!isEnough()) heard += (await reader?.read())?.value ?? '';
    },
    leave: () => reader?.cancel(),
  };
}

it('tells every open page at once of what a person and the bot say', async () => {
  const all = visitor.workspace.conversations.length;
  const page = await listen();
  await page.until(() => page.talks().length === all);
  visitor.bot.answer = saying(card('你好'));
  await visitor.act('say', { text: '帮助' });
  await page.until(() => page.talks().length === all + 2);
  const [asked, answered] = page.talks().slice(-2);
  expect(asked).toMatchObject({
    platform: 'dingtalk',
    list: expect.stringMatching(/王芳：@Casebell 帮助.*<details>/s),
  });
  expect(asked.pane).not.toContain('你好');
  expect(answered.pane).toMatch(/帮助.*你好/s);
  await page.leave();
});

it('tells every open page of what did not reach the bot', async () => {
  const page = await listen();
  visitor.bot.answer = (response) => void response.writeHead(500).end();
  await visitor.act('say', { text: '帮助' });
  await page.until(() => page.talks().some(({ pane }) => pane.includes('机器人应答了 500')));
  await page.leave();
});

it('gives the talks as data, without what only the platform should see', async () => {
  visitor.bot.answer = saying(card('你好', '关闭'));
  await visitor.act('say', { text: '帮助' });
  const text = await (await fetch(`${visitor.url}/talks`)).text();
  const [dingtalk] = JSON.parse(text);
  expect(dingtalk.people[0]).toEqual({ id: visitor.me, name: '王芳' });
  expect(dingtalk.talks[0].posts).toMatchObject([
    { by: visitor.me, view: { lines: ['@Casebell 帮助'] } },
    { by: 'bot', view: { title: '你好' }, controls: [{ kind: 'button', label: '关闭' }] },
  ]);
  expect(dingtalk.talks[0].posts[1]).not.toHaveProperty('payload');
  for (const secret of Object.values(visitor.workspace.secrets)) expect(text).not.toContain(secret);
});
