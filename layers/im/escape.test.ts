import { createEscaper, escapeWithBackslash } from './escape';

const escaped = createEscaper('\\\\*`[\\]|~_<&', escapeWithBackslash);

it.each([
  ['*bold* and `code`', '\\*bold\\* and \\`code\\`'],
  ['[x](y) |a|', '\\[x\\](y) \\|a\\|'],
  ['# a\n> b\n- c\n1. d', '\\# a\n\\> b\n\\- c\n1\\. d'],
  ['a\n===\nb\n---', 'a\n\\===\nb\n\\---'],
  ['_a_ ~~b~~', '\\_a\\_ \\~\\~b\\~\\~'],
  ['a\\', 'a\\\\'],
  ['\\*', '\\\\\\*'],
  ['&lt;', '\\&lt;'],
])('escapes the markup in %j', (text, expected) => {
  expect(escaped(text)).toBe(expected);
});

it.each([
  'my_bucket_1',
  'C:\\Users\\n',
  'a ~ b',
  'R & D',
  '2026-11-20 15:00',
  '-5 %',
  'arn:aws:s3:::a-b',
  '1.5 GB',
  'a > b # c',
])('leaves %j as it is', (text) => expect(escaped(text)).toBe(text));

it('keeps indentation, which markdown would swallow or take for code', () => {
  expect(escaped('{\n    "a": 1,\n\t"b":  2\n}')).toBe(
    '{\n\u00a0\u00a0\u00a0\u00a0"a": 1,\n\u00a0\u00a0\u00a0\u00a0"b":\u00a0 2\n}',
  );
});
