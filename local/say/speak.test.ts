import { card, saying, type TalkVisitor, visit } from '../chat/ui/visitor.fixture';
import { openApplicationDoor } from './application-door';
import { type Deed, speak } from './speak';

let visitor: TalkVisitor;
let printed: string[];
beforeEach(async () => {
  visitor = await visit();
  printed = [];
});
afterEach(() => visitor.close());

const terminal = {
  print: (text: string) => void printed.push(text),
  width: 60,
  colour: false,
  patience: { most: 300, next: 150 },
};
const say = (text: string, more = {}): Deed => ({ way: 'say', input: { text, ...more } });
const run = (deed: Deed, wish = {}) => speak(openApplicationDoor(visitor.url), wish, deed, terminal);

describe('a person at the terminal', () => {
  it('says something, and reads the answer as a card, with what can be pressed', async () => {
    visitor.bot.answer = saying(card('你好，李雷', '关闭 42'));
    expect(await run(say('帮助'), { platform: 'dingtalk', by: '李雷' })).toBe(true);
    expect(visitor.heard).toEqual(['帮助']);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(
      /^╭─ 钉钉 DingTalk · 云上运维 · Cloud Ops ─*╮\n│ 你好，李雷 .*\n.*│ --press "关闭 42" .*╯$/s,
    );
  });

  it('reads nothing twice', async () => {
    visitor.bot.answer = saying(card('第一次'));
    await run(say('a'));
    visitor.bot.answer = saying(card('第二次'));
    await run(say('b'));
    expect(printed.map((text) => text.match(/第.次/)?.[0])).toEqual(['第一次', '第二次']);
  });

  it('presses and fills in where something was said last', async () => {
    const direct = visitor.workspace.conversations.find(
      ({ kind, members }) => kind === 'direct' && members[0] === visitor.me,
    );
    visitor.bot.answer = saying({ msgtype: 'text', text: { content: '工单:\n开工单\nlevel: low | high' } });
    await run(say('开工单'), { talk: direct?.id });
    expect(printed[0]).toMatch(/--submit "level=" \(low \| high\)/);
    await run({ way: 'submit', input: { values: { level: 'high' } } });
    expect(visitor.heard).toEqual(['开工单', '开工单\nlevel: high']);
    expect(direct?.posts).toHaveLength(4);
  });

  it('replies in a thread to what the bot said last, where the platform has threads', async () => {
    await expect(run(say('x'), { thread: true })).rejects.toThrow('The bot has said nothing in 云上运维');
    visitor.bot.answer = saying(card('工单 42'));
    await run(say('开工单'));
    const root = visitor.group.posts.at(-1)?.id;
    await expect(run(say('补充'), { thread: true })).rejects.toThrow(`王芳 is in no talk ${root}.`);
  });

  it('is told what was not for the bot, and what did not reach it', async () => {
    expect(await run(say('吃了吗', { mention: false }))).toBe(true);
    visitor.bot.answer = (response) => void response.writeHead(500).end();
    expect(await run(say('帮助'))).toBe(false);
    expect(printed).toEqual([
      expect.stringContaining('The bot does not hear this'),
      '机器人应答了 500。The bot answered 500.',
    ]);
  });

  it.each([
    ['a platform', { platform: 'wecom' }, 'There is no platform wecom. There is: dingtalk'],
    ['a person', { by: 'Nobody' }, 'There is no person Nobody. There is: 王芳, 李雷, Alice, Bob (guest).'],
    ['a talk of others', { by: 'Alice', talk: '李雷' }, 'There is: 云上运维 · Cloud Ops, Alice.'],
  ])('hears of %s that is not there, and what is', async (_, wish, words) => {
    await expect(run(say('x'), wish)).rejects.toThrow(words);
  });

  it('hears what the platform has against it, and where nothing answers', async () => {
    await expect(run({ way: 'press', input: { label: '关闭' } })).rejects.toThrow('There is no button 关闭');
    const nobody = openApplicationDoor('http://127.0.0.1:9');
    await expect(speak(nobody, {}, say('x'), terminal)).rejects.toThrow('run npm start first');
  });
});
