import { drawMessage } from './terminal';
import { truncate, widthOf, wrap } from './text-width';

const draw = (view: object, width = 40, isColoured = false) => {
  const message = { view: { title: '', mark: '', lines: [], mentions: [], ...view } };
  return drawMessage({ platform: 'dingtalk' }, message, width, isColoured);
};

describe('drawMessage()', () => {
  const view = {
    title: 'EC2 实例 i-0abc 已经停止运行了 / instance stopped',
    mark: 'red',
    lines: ['账户: 1111', '我们将进行计划维护，期间实例会重启。'],
    mentions: ['@all'],
  };

  it('frames platform, mark, title, wrapped lines and mentions', () => {
    expect(draw(view)).toBe(
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
    expect(draw({ title: 'a', mark: 'grey' })).toContain('│ a ');
  });

  it.each([24, 31, 40, 80])('is exactly %i columns wide', (width) => {
    expect(new Set(draw(view, width).split('\n').map(widthOf))).toEqual(new Set([width]));
  });

  it('has colour codes on request only, and never escape codes of a message', () => {
    expect([draw(view).includes('\x1b'), draw(view, 40, true).includes('\x1b[1;31m')]).toEqual([false, true]);
    const hostile = draw({ title: '\x1b[2J清屏\u202E', lines: ['\x1b]0;owned\x07a\rb'] });
    for (const control of ['\x1b', '\x07', '\r', '\u202E']) expect(hostile).not.toContain(control);
  });
});

describe('the width of a text', () => {
  it.each([
    [0, ['', '\u200B']],
    [1, ['é', 'e\u0301']],
    [2, ['🔴', '⚠️', '👨‍👩‍👧', '🇨🇳', '│─']],
    [4, ['告警', '，。', 'ＡＢ', '한국']],
  ])('is %i columns for %j', (columns, texts) => {
    expect(texts.map(widthOf)).toEqual(texts.map(() => columns));
  });

  it.each([
    ['the quick brown fox', 10, ['the quick', 'brown fox']],
    ['实例已经停止运行', 7, ['实例已', '经停止', '运行']],
    ['👨‍👩‍👧👨‍👩‍👧', 3, ['👨‍👩‍👧', '👨‍👩‍👧']],
    ['a https://x', 6, ['a', 'https:', '//x']],
    ['', 10, ['']],
  ])('wraps %j at %i columns', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines);
  });

  it('truncates with room for an ellipsis, and wraps the longest message', () => {
    expect([truncate('实例停止', 8), truncate('实例停止了', 8)]).toEqual(['实例停止', '实例停…']);
    expect(wrap('告警'.repeat(10_000), 60)).toHaveLength(667);
  });
});
