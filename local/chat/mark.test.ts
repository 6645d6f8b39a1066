import { emojiOf, splitMark, toneOf } from './mark';

it.each([
  ['🔴', 'critical'],
  ['carmine', 'critical'],
  ['Attention', 'critical'],
  ['#d32f2f', 'critical'],
  ['#f9a825', 'warning'],
  ['orange', 'warning'],
  ['⚠️', 'warning'],
  ['#2eb67d', 'good'],
  ['✅', 'good'],
  ['#1565c0', 'info'],
  ['#888888', 'plain'],
  ['grey', 'plain'],
  ['', 'plain'],
])('reads the mark %j as %s', (mark, tone) => {
  expect(toneOf(mark)).toBe(tone);
});

it('takes only an emoji off the front of a title', () => {
  expect(splitMark('⚠️ 告警')).toEqual({ mark: '⚠️', title: '告警' });
  expect(splitMark('42 alarms')).toEqual({ mark: '', title: '42 alarms' });
});

it('shows every mark that says something as an emoji', () => {
  expect([emojiOf('red'), emojiOf('🔧'), emojiOf('grey')]).toEqual(['🔴', '🔧', '']);
});
