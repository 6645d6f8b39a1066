import { findViolation, type Violation } from './guard';

const NOTICE = `EC2 maintenance · i-0abc12de
Starts: 2026-12-03 02:00:00 UTC+08:00
Until: 2026-12-03 06:00:00 UTC+08:00
Account: 111122223333
Region: ap-east-1
80% of 1,200 requests fail. See https://docs.aws.amazon.com/ec2/a?b=1 and https://evil.example/login, or mail ops@shop.example.`;

const about = (said: string, more = {}) => findViolation(said, { text: NOTICE, language: 'en', ...more });
const sentence = (words: string): string => `The instance i-0abc12de is affected by ${words} and has to be looked at.`;
const start = [['2026-12-03 02:00:00 UTC+08:00', 'Wed, 02 Dec 2026 18:00:00 GMT']];

it.each([
  'maintenance on Dec 3, 2026',
  'maintenance on December 3rd',
  'maintenance on 3 December 2026 at 02:00',
  'maintenance on 2026/12/03 02:00 (UTC+8)',
  'maintenance from 2 a.m. to 6 AM',
  'maintenance from 2 to 6 a.m. Beijing time',
  'maintenance (02:00-06:00, UTC+8)',
  'maintenance for 4 hours',
  '80% of twelve hundred requests',
  'maintenance that is not yet completed',
  '80.0% of 1200 requests',
  '1,200 requests',
  'account 111122223333 in AP-EAST-1',
  'what https://docs.aws.amazon.com/ec2/a?b=1 says',
  'what (https://docs.aws.amazon.com/ec2/a?b=1) says',
])('lets through what stands in the original, however it is written: %s', (words) => {
  expect(about(sentence(words))).toBeUndefined();
});

it.each<[Violation, string]>([
  ['time', 'maintenance on Dec 4, 2026'],
  ['time', 'maintenance on 2027-12-03'],
  ['time', 'maintenance at 2 p.m.'],
  ['time', 'maintenance at 02:00 UTC-08:00'],
  ['time', 'maintenance next week'],
  ['time', 'maintenance on Friday'],
  ['number', '81% of the requests'],
  ['number', '12,000 requests'],
  ['number', 'forty requests'],
  ['number', 'nine hosts'],
  ['number', 'maintenance for 40 hours'],
  ['number', 'maintenance within a week'],
  ['time', 'maintenance at 02:00 UTC'],
  ['time', 'maintenance at 2 a.m. Pacific Time'],
  ['time', 'maintenance from 06:00 to 02:00'],
  ['advice', 'a need to delete it'],
  ['advice', 'a call of aws ec2 describe-hosts'],
  ['advice', 'what --force does'],
  ['all-clear', 'what business as usual is'],
  ['url', 'evil dot com'],
  ['markup', 'maintenance 🚨'],
  ['number', '٤٥ requests'],
  ['account', 'account 111122223334'],
  ['id', 'i-0abc12df'],
  ['id', 'arn:aws:ec2:ap-east-1:111122223333:instance/i-0abc12de'],
  ['id', 'ap-east-2'],
  ['url', 'https://docs.aws.amazon.com/ec2/a?b=2'],
  ['url', 'https://docs.aws.amazon.com/ec2'],
  ['url', 'https://evil.example/login'],
  ['url', 'docs.aws.example.com'],
  ['url', 'ｈｔｔｐｓ：／／evil.example'],
  ['url', 'javascript:alert'],
  ['url', '.evil.example.org'],
  ['url', '-evil.example.org'],
  ['mention', 'ops@shop.example'],
  ['mention', '＠all'],
  ['markup', '**maintenance**'],
  ['markup', '<!channel>'],
  ['markup', 'a\u202eb'],
  ['markup', '&lt;at&gt;'],
  ['talk', 'a system prompt'],
])('objects for its %s to %s', (objection, words) => {
  expect(about(sentence(words))).toBe(objection);
});

it('has a deadline named with its time of day, in one of the ways in which a reader may know it', () => {
  expect(about(sentence('maintenance on 2026-12-03 02:00'), { deadlines: start })).toBeUndefined();
  expect(about(sentence('maintenance on 2026-12-03'), { deadlines: start })).toBe('deadline');
  expect(about(sentence('maintenance by 06:00 on 2026-12-03'), { deadlines: start })).toBe('deadline');
  const midnight = [['2026-12-03 02:00:00 UTC+08:00', 'Thu, 03 Dec 2026 00:00:00 GMT']];
  expect(about(sentence('maintenance on 2026-12-03'), { deadlines: midnight })).toBeUndefined();
});

it('takes a right day with the time of another for a wrong time', () => {
  const text = 'Starts: 2026-12-03 02:00\nEnds: 2026-12-05 06:00';
  const said = (words: string) =>
    findViolation(`The work is planned for ${words} at the latest.`, { text, language: 'en' });
  expect([said('2026-12-05 06:00'), said('2026-12-05 02:00')]).toEqual([undefined, 'time']);
});

it('counts bytes, not letters', () => {
  const words = '实例受到影响，请提前处理。'.repeat(8);
  const original = { text: '', language: 'zh-CN' as const };
  expect(Buffer.byteLength(words)).toBeGreaterThan(300);
  expect(findViolation(words, { ...original, longest: 300 })).toBe('too-long');
  expect(findViolation(words, { ...original, longest: 400 })).toBeUndefined();
});

it('lets nothing of its instructions out', () => {
  const instructions = 'Sum up a notification of AWS for whoever is on call, in two or three sentences.';
  expect(about('It is to sum up a notification of AWS for whoever is on call.', { instructions })).toBe('talk');
});

it('is quick on what is meant to be slow', () => {
  const began = process.cpuUsage();
  const pieces = [
    '1.',
    'a-',
    '<',
    '@',
    '2026-',
    'https://',
    '一月',
    'i ',
    '(((',
    '10:00 UTC ',
    '3 h ',
    'about 1',
    'forty ',
    '十',
    '不 ',
  ];
  for (const piece of pieces)
    findViolation(piece.repeat(300), { text: piece.repeat(20_000), language: 'zh-CN', longest: 9_000 });
  expect(process.cpuUsage(began).user).toBeLessThan(10_000_000);
});
