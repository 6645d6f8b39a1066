import type { Card } from './card';
import type { Payload } from './channel';
import { MONSTERS } from './hostile.fixture';
import { splitCard } from './split-card';
import { byteLength } from './text';

const BUDGET = { maxBytes: 400, maxTitleLength: 60 };

const draw = (card: Card): Payload => ({ ...card });
const drawn = (card: Partial<Card>) => splitCard({ title: '告警', severity: 'info', ...card }, BUDGET, draw);
const sizes = (payloads: Payload[]) => payloads.map((payload) => byteLength(JSON.stringify(payload)));

it('draws a card that fits once', () => {
  let times = 0;
  splitCard({ title: 't', severity: 'info', quote: 'short' }, BUDGET, (card) => {
    times++;
    return draw(card);
  });
  expect(times).toBe(1);
});

it('continues a long quote in numbered messages, after a line where one ends', () => {
  const payloads = drawn({ quote: '第一行很长很长很长很长很长很长很长很长很长。\n'.repeat(12) });
  expect(payloads.map(({ title }) => title)).toEqual(['告警 (1/3)', '告警 (2/3)', '告警 (3/3)']);
  expect(payloads.every(({ quote }) => String(quote).endsWith('。\n'))).toBe(true);
  expect(Math.max(...sizes(payloads))).toBeLessThanOrEqual(BUDGET.maxBytes);
});

it('puts links, buttons and mentions into the first message only', () => {
  const links = [{ label: 'l', url: 'https://a.example' }];
  const [first, ...others] = drawn({ links, mentions: [{ everyone: true }], quote: 'q'.repeat(900) });
  expect(first).toMatchObject({ links, mentions: [{ everyone: true }] });
  for (const other of others) expect(Object.keys(other)).toEqual(['title', 'severity', 'quote']);
});

it('continues the text, then the facts, then the quote, and splits a value only where it is too long', () => {
  const facts = [
    { label: 'a', value: 'x'.repeat(700) },
    { label: 'b', value: 'short' },
  ];
  const payloads = drawn({ text: 't'.repeat(300), facts, quote: 'q'.repeat(300) }) as unknown as Card[];
  const values = payloads.flatMap((card) => card.facts ?? []).filter(({ label }) => label === 'a');
  expect(values.map(({ value }) => value).join('')).toBe('x'.repeat(700));
  expect(payloads.map((card) => card.text ?? '').join('')).toBe('t'.repeat(300));
  expect(payloads.map((card) => card.quote ?? '').join('')).toBe('q'.repeat(300));
  expect(Math.max(...sizes(payloads as never))).toBeLessThanOrEqual(BUDGET.maxBytes);
});

it('moves links that do not fit into the text', () => {
  const links = Array.from({ length: 30 }, (_, at) => ({ label: `l${at}`, url: `https://a.example/${at}` }));
  const payloads = drawn({ links }) as unknown as Card[];
  const shown = payloads
    .flatMap((card) => [...(card.links ?? []).map(({ label }) => label), card.quote ?? ''])
    .join('\n');
  for (const { label } of links) expect(shown).toMatch(new RegExp(`\\b${label}\\b`));
});

it('says how many bytes are left out after ten messages', () => {
  const quote = '长'.repeat(5_000);
  const payloads = drawn({ quote });
  expect(payloads).toHaveLength(10);
  const shown = payloads.map((payload) => String(payload.quote)).join('');
  const [, missing] = /\n… \[\+(\d+) B\]$/.exec(shown) ?? [];
  expect(shown.match(/长/g)?.length ?? 0).toBe(5_000 - Number(missing) / 3);
  expect(Math.max(...sizes(payloads))).toBeLessThanOrEqual(BUDGET.maxBytes);
});

it('marks a title that is cut, and keeps its number', () => {
  const title = '非常长的标题'.repeat(100);
  const payloads = drawn({ title, quote: 'q'.repeat(500) });
  expect(payloads[0]?.title).toMatch(/^非.*… \(1\/\d\)$/);
});

it('makes the title one line', () => {
  expect(drawn({ title: 'a\r\nb\n\nc' })[0]?.title).toBe('a b c');
});

it.each(MONSTERS)(
  'draws a monstrous %s a bounded number of times, and no part that is far over the limit',
  (_, more) => {
    const drawnBytes: number[] = [];
    splitCard({ title: 't', severity: 'info', ...more }, BUDGET, (card) => {
      const payload = draw(card);
      drawnBytes.push(byteLength(JSON.stringify(payload)));
      return payload;
    });
    expect(drawnBytes.length).toBeLessThan(1_000);
    expect(Math.max(...drawnBytes)).toBeLessThan(30 * BUDGET.maxBytes);
  },
);
