import { dueIn } from './due';

const SENT = '2026-11-20T03:00:00Z';
const due = (text: string) => dueIn(text, SENT);

it.each([
  ['Please upgrade by February 28, 2027.', 'February 28, 2027'],
  ['Standard support ends on 2027-02-28 at 08:00 UTC.', '2027-02-28 at 08:00'],
  ['Your instance will be retired on or after Dec 1, 2026 5:00 PM PST.', 'Dec 1, 2026 5:00 PM'],
  ['请在 2026年12月1日 之前完成迁移。', '2026年12月1日'],
  ['Send them by January 5, 18:00.', 'January 5, 18:00'],
  ['请于 12月1日 前回复。', '12月1日'],
  ['Migrate before March 1, 2027. A first group is due before January 5, 2027.', 'January 5, 2027'],
])('finds the date by which somebody has to act: %s', (text, date) => {
  expect(due(text)).toBe(date);
});

it.each([
  'The event began on November 19, 2026.',
  'Support ended on February 28, 2026.',
  'Send them by November 12.',
  'We will provide another update by 8:45 PM PDT.',
  'Please act soon.',
  '',
])('finds none where there is none, or it is over: %s', (text) => {
  expect(due(text)).toBeUndefined();
});
