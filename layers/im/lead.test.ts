import type { Card } from './card';
import { HOSTILE } from './hostile.fixture';
import { wordsOf } from './plain';
import { PLATFORMS } from './platforms';
import { readCard } from './read-card';
import { letters, seen } from './seen.fixture';

const lead = { label: 'AI 摘要', value: '实例 i-0abc 将于 2026-09-30 02:00 重启，请提前处理。' };
const card: Card = {
  title: 't',
  severity: 'warning',
  text: 'ours',
  facts: [{ label: 'label', value: 'v' }],
  quote: 'theirs',
};

describe.each(PLATFORMS)('$name', (platform) => {
  const shown = (one: Card) => platform.render(one).map((part) => letters(seen(platform, part)));

  it('shows what it comes to above everything else, and the rest as it was', () => {
    const whole = JSON.stringify(platform.render({ ...card, lead }));
    const rest = ['AI 摘要', lead.value, 'ours', 'label', 'theirs'].map((words) => whole.indexOf(words));
    expect(Math.min(...rest)).toBeGreaterThan(0);
    expect([...rest].sort((one, other) => one - other)).toEqual(rest);
  });

  it.each(HOSTILE)('shows it letter by letter: %j', (value) => {
    expect(shown({ title: 't', severity: 'info', lead: { label: '', value } }).join('')).toContain(letters(value));
  });

  it('says it once, in the first of several messages', () => {
    const parts = shown({ ...card, lead, quote: '实例已停止。'.repeat(4_000) });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.includes(letters(lead.value)))).toEqual(parts.map((_, at) => at === 0));
  });
});

it('stands below the title where all there is are words', () => {
  expect(
    wordsOf({ ...card, lead })
      .split('\n')
      .slice(1, 3),
  ).toEqual([`AI 摘要: ${lead.value}`, 'ours']);
});
it('is read from what claims to be a card', () => {
  expect(readCard({ title: 't', lead: { ...lead, url: 'x' } })).toEqual({ title: 't', severity: 'info', lead });
  expect(() => readCard({ title: 't', lead: 'words' })).toThrow('lead must be an object');
});
