import { card, openPage, type PageClient, replying } from '../chat/ui/page.fixture';
import { createClient } from './client';
import { runAction, type UserAction } from './run-action';

let page: PageClient;
let printed: string[];
beforeEach(async () => {
  page = await openPage();
  printed = [];
});
afterEach(() => page.close());

const terminal = {
  print: (text: string) => void printed.push(text),
  width: 60,
  isColoured: false,
  timeouts: { firstMs: 300, nextMs: 150 },
};
const say = (text: string, more = {}): UserAction => ({ name: 'say', input: { text, ...more } });
const run = (action: UserAction, target = {}) => runAction(createClient(page.chats.url), target, action, terminal);

describe('runAction()', () => {
  it('sends a message, and prints each reply once, with its controls', async () => {
    page.bot.answer = replying(card('你好，李雷', '关闭 42'));
    expect(await run(say('帮助'), { platform: 'dingtalk', by: '李雷' })).toBe(true);
    expect(page.received).toEqual(['帮助']);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(
      /^╭─ 钉钉 DingTalk · 云上运维 · Cloud Ops ─*╮\n│ 你好，李雷 .*\n.*│ --press "关闭 42" .*╯$/s,
    );
    page.bot.answer = replying(card('第二次'));
    await run(say('b'));
    expect(printed).toHaveLength(2);
  });

  it('presses and submits in the conversation with the latest message', async () => {
    const direct = page.workspace.conversations.find(
      ({ kind, members }) => kind === 'direct' && members[0] === page.user,
    );
    page.bot.answer = replying({ msgtype: 'text', text: { content: '工单:\n开工单\nlevel: low | high' } });
    await run(say('开工单'), { talk: direct?.id });
    expect(printed[0]).toMatch(/--submit "level=" \(low \| high\)/);
    await run({ name: 'submit', input: { values: { level: 'high' } } });
    expect(page.received).toEqual(['开工单', '开工单\nlevel: high']);
    expect(direct?.posts).toHaveLength(4);
  });

  it("replies in the thread of the bot's last message", async () => {
    await expect(run(say('x'), { thread: true })).rejects.toThrow('The bot has not written in 云上运维');
    page.bot.answer = replying(card('工单 42'));
    await run(say('开工单'));
    const root = page.group.posts.at(-1)?.id;
    await expect(run(say('补充'), { thread: true })).rejects.toThrow(`There is no conversation ${root}.`);
  });

  it('prints that the bot was not called, and that it did not accept a message', async () => {
    expect(await run(say('吃了吗', { mention: false }))).toBe(true);
    page.bot.answer = (response) => void response.writeHead(500).end();
    expect(await run(say('帮助'))).toBe(false);
    const notCalled = expect.stringContaining('The bot does not receive this');
    expect(printed).toEqual([notCalled, '机器人应答了 500。The bot answered 500.']);
  });

  it.each([
    [{ platform: 'teams' }, 'There is no platform teams. There is: dingtalk'],
    [{ by: 'Nobody' }, 'There is no user Nobody. There is: 王芳, 李雷, Alice, Bob (guest).'],
    [{ by: 'Alice', talk: '李雷' }, 'There is: 云上运维 · Cloud Ops, Alice.'],
  ])('rejects %j with the choices', async (target, error) => {
    await expect(run(say('x'), target)).rejects.toThrow(error);
  });

  it('reports errors of the platform, and an application that does not run', async () => {
    await expect(run({ name: 'press', input: { label: '关闭' } })).rejects.toThrow('There is no button 关闭');
    const client = createClient('http://127.0.0.1:9');
    await expect(runAction(client, {}, say('x'), terminal)).rejects.toThrow('run npm start first');
  });
});
