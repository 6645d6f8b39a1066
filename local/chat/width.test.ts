import { cut, widthOf, wrap } from './width';

describe('the width of a text in a terminal', () => {
  it.each([
    ['abc', 3],
    ['告警', 4],
    ['，。', 4],
    ['ＡＢ', 4],
    ['🔴', 2],
    ['⚠️', 2],
    ['👨‍👩‍👧', 2],
    ['🇨🇳', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['\u200B', 0],
    ['한국', 4],
    ['│─', 2],
    ['', 0],
  ])('of %j is %i columns', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe('wrapping', () => {
  it('breaks English between words', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });

  it('breaks Chinese anywhere, and never in the middle of a letter', () => {
    expect(wrap('实例已经停止运行', 7)).toEqual(['实例已', '经停止', '运行']);
    expect(wrap('👨‍👩‍👧👨‍👩‍👧', 3)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧']);
  });

  it('breaks a word that is longer than the line', () => {
    expect(wrap('a https://x', 6)).toEqual(['a', 'https:', '//x']);
  });

  it('is quick with the longest message there is', () => {
    const began = Date.now();
    expect(wrap('告警'.repeat(10_000), 60)).toHaveLength(667);
    expect(Date.now() - began).toBeLessThan(1000);
  });

  it('keeps an empty line', () => {
    expect(wrap('', 10)).toEqual(['']);
  });
});

it('cuts by columns, with room for the dots', () => {
  expect(cut('实例停止', 8)).toBe('实例停止');
  expect(cut('实例停止了', 8)).toBe('实例停…');
});
