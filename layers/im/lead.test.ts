import type { Card } from './card';
import { toPlainText } from './card-text';
import { HOSTILE } from './hostile.fixture';
import { parseCard } from './parse-card';
import { letters, seen } from './seen.fixture';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

const summary = { label: 'AI 摘要', value: '实例 i-0abc 将于 2026-09-30 02:00 重启，请提前处理。' };
const card: Card = {
  title: 't',
  severity: 'warning',
  text: 'ours',
  facts: [{ label: 'label', value: 'v' }],
  quote: 'theirs',
};

describe.each(WEBHOOK_PLATFORMS)('$name', (platform) => {
  const shown = (one: Card) => platform.render(one).map((part) => letters(seen(platform, part)));

  it('shows what it comes to above everything else, and the rest as it was', () => {
    const whole = JSON.stringify(platform.render({ ...card, summary }));
    const rest = ['AI 摘要', summary.value, 'ours', 'label', 'theirs'].map((words) => whole.indexOf(words));
    expect(Math.min(...rest)).toBeGreaterThan(0);
    expect([...rest].sort((one, other) => one - other)).toEqual(rest);
  });

  it.each(HOSTILE)('shows it letter by letter: %j', (value) => {
    expect(shown({ title: 't', severity: 'info', summary: { label: '', value } }).join('')).toContain(letters(value));
  });

  it('says it once, in the first of several messages', () => {
    const parts = shown({ ...card, summary, quote: '实例已停止。'.repeat(4_000) });
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map((part) => part.includes(letters(summary.value)))).toEqual(parts.map((_, at) => at === 0));
  });
});

it('stands below the title where all there is are words', () => {
  expect(
    toPlainText({ ...card, summary })
      .split('\n')
      .slice(1, 3),
  ).toEqual([`AI 摘要: ${summary.value}`, 'ours']);
});
it('is read from what claims to be a card', () => {
  expect(parseCard({ title: 't', summary: { ...summary, url: 'x' } })).toEqual({
    title: 't',
    severity: 'info',
    summary,
  });
  expect(() => parseCard({ title: 't', summary: 'words' })).toThrow('summary must be an object');
});
