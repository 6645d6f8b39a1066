import type { MessageView } from './chats';
import { openRoom } from './rooms';
import { drawMessage } from './screen';
import { widthOf } from './width';

const room = openRoom({ platform: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=secret' });
const draw = (seen: Partial<MessageView>, width = 40, colour = false) =>
  drawMessage(room, { view: { title: '', mark: '', lines: [], mentions: [], ...seen } }, width, colour);

describe('a message in the terminal', () => {
  const seen = {
    title: 'EC2 实例 i-0abc 已经停止运行了 / instance stopped',
    mark: 'red',
    lines: ['账户: 1111', '我们将进行计划维护，期间实例会重启。'],
    mentions: ['@all'],
  };

  it('is a frame with platform, mark, title, wrapped lines and who is called', () => {
    expect(draw(seen)).toBe(
      [
        '╭─ 钉钉 DingTalk ──────────────────────╮',
        '│ 🔴 EC2 实例 i-0abc 已经停止运行了 /  │',
        '│ instance stopped                     │',
        '│ 账户: 1111                           │',
        '│ 我们将进行计划维护，期间实例会重启。 │',
        '│ 🔔 @all                              │',
        '╰──────────────────────────────────────╯',
      ].join('\n'),
    );
  });

  it.each([24, 31, 40, 80])('is exactly %i columns wide, Chinese and emoji included', (width) => {
    const widths = draw(seen, width).split('\n').map(widthOf);
    expect(new Set(widths)).toEqual(new Set([width]));
  });

  it('holds colour codes only when asked', () => {
    expect(draw(seen)).not.toContain('\x1b');
    expect(draw(seen, 40, true)).toContain('\x1b[1;31m');
  });

  it('never lets a message drive the terminal', () => {
    const hostile = draw({ title: '\x1b[2J清屏\u202E', lines: ['\x1b]0;owned\x07a\rb'] });
    for (const control of ['\x1b', '\x07', '\r', '\u202E']) expect(hostile).not.toContain(control);
  });

  it('says nothing about a colour that says nothing', () => {
    expect(draw({ title: 'a', mark: 'grey' })).toContain('│ a ');
  });
});
