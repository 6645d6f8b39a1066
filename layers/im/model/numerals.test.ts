import { inDigits } from './numerals';

it.each([
  ['forty-two hosts, and twelve hundred', '42 hosts, and 1200'],
  ['two hundred and twelve failed', '212 failed'],
  ['a dozen; five-minute periods', '12; 5-minute periods'],
  ['失败二百二十一次', '失败221次'],
  ['约六成，即百分之六十', '约60%，即60%'],
  ['九月三十日晚上十点四十', '9月30日晚上10点40'],
  ['二〇二七年，三千五百万元', '2027年，35000000元'],
  ['三四个', '3 4个'],
  ['凌晨两点至六点', '凌晨2点至6点'],
])('reads %s', (words, digits) => {
  expect(inDigits(words)).toBe(digits);
});

it.each([
  '有两点',
  '一些，十分严重，千万不要',
  'one of two',
  'order-api-five',
  '第三方',
  '4.8 万条',
  '几十台',
  '完成功能',
])('leaves what is no number, a small one or one that cannot be told: %s', (words) => {
  expect(inDigits(words)).toBe(words);
});

it('reads small ones too where it is asked to', () => {
  expect(inDigits('one of two；两台', 0)).toBe('1 of 2；2台');
});
