import { withoutDurations } from './durations';

const KNOWN = 'took 3 h 12 min, or 24 to 48 hours; periods of 60 s; 5 business days; latency 4.2';
const left = (said: string) => withoutDurations(said, KNOWN, [105])?.replace(/ +/g, ' ').trim();

it.each([
  '192 minutes',
  '3 小时 12 分钟',
  'a minute',
  '一分钟',
  '24-48 hours',
  '两天',
  'one day',
  '5 个工作日',
  '1 h 45 min',
  '106 分钟',
])('knows a duration however it is written, and what lies between two times: %s', (said) => {
  expect(left(said)).toBe('');
});

it('lets a number have a unit that has none', () => {
  expect(left('4.2 秒')).toBe('4.2 秒');
});

it.each(['48 minutes', '3 hours 21 minutes', 'an hour', '一周', '5 days', '半小时'])('does not know %s', (said) => {
  expect(left(said)).toBeUndefined();
});

it.each(['2026 年', '每天', 'once a day', '当天', '12 分区'])('takes nothing else for one: %s', (said) => {
  expect(left(said)).toBe(said);
});
