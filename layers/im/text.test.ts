import { byteLength, splitText, truncate, utf8Boundary } from './text';

const FAMILY = '👨‍👩‍👧‍👦';

it('byteLength() counts UTF-8 bytes', () => {
  expect(byteLength('告警 🔴')).toBe(6 + 1 + 4);
});

it('truncate() leaves a text that fits as it is', () => {
  expect(truncate('实例已停止', 15)).toBe('实例已停止');
});

it('truncate() cuts Chinese between characters and keeps the limit, mark included', () => {
  expect(truncate('实例已停止', 14)).toBe('实例已…');
  for (let max = 0; max < 20; max++) expect(byteLength(truncate('实例已停止', max))).toBeLessThanOrEqual(max);
});

it('truncate() takes another mark', () => {
  expect(truncate('a'.repeat(30), 20, '… [+12345 B]')).toBe('aaaaaa… [+12345 B]');
});

it.each([
  ['a surrogate pair', '🔴'],
  ['a joined family', FAMILY],
  ['a combining mark', 'e\u0301'],
  ['a skin tone', '👍🏽'],
  ['a variation selector', '☁️'],
  ['a flag of tags', '🏴\u{e0067}\u{e0062}\u{e007f}'],
])('utf8Boundary() never splits %s', (_, character) => {
  const text = `ab${character}cd`;
  for (let max = 2; max < 2 + byteLength(character); max++) expect(utf8Boundary(text, max)).toBe(2);
  expect(utf8Boundary(text, 2 + byteLength(character))).toBe(2 + character.length);
});

it('splitText() breaks after a line, else after a word, else between characters', () => {
  expect(splitText('first line\nsecond', 13)).toEqual(['first line\n', 'second']);
  expect(splitText('one two three', 9)).toEqual(['one two ', 'three']);
  expect(splitText('实例已停止', 7)).toEqual(['实例', '已停', '止']);
});

it('splitText() loses nothing and keeps the limit', () => {
  const text = `${FAMILY} 实例 i-0abc\n已停止 e\u0301${'长'.repeat(200)} end`;
  for (const max of [30, 31, 47, 100]) {
    const pieces = splitText(text, max);
    expect(pieces.join('')).toBe(text);
    expect(Math.max(...pieces.map(byteLength))).toBeLessThanOrEqual(max);
  }
});

it('splitText() ends even with a megabyte of marks on one letter, or lone surrogates', () => {
  expect(splitText(`a${'\u0301'.repeat(500_000)}`, 10_000).join('')).toHaveLength(500_001);
  expect(splitText('\ud83d'.repeat(10), 4).join('')).toBe('\ud83d'.repeat(10));
});
