import type { Card } from './card';
import type { Payload } from './channel';
import { splitCard } from './split-card';
import { byteLength } from './text';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

const ROOM = { maxBytes: 400, maxTitleLength: 60 };

const draw = (card: Card): Payload => ({ ...card });
const drawn = (card: Partial<Card>) => splitCard({ title: '告警', severity: 'info', ...card }, ROOM, draw);
const sizes = (payloads: Payload[]) => payloads.map((payload) => byteLength(JSON.stringify(payload)));

it('is one message, drawn once, where that is enough', () => {
  let times = 0;
  splitCard({ title: 't', severity: 'info', quote: 'short' }, ROOM, (card) => {
    times++;
    return draw(card);
  });
  expect(times).toBe(1);
});

it('continues a long quote in numbered messages, after a line where one ends', () => {
  const payloads = drawn({ quote: '第一行很长很长很长很长很长很长很长很长很长。\n'.repeat(12) });
  expect(payloads.map(({ title }) => title)).toEqual(['告警 (1/3)', '告警 (2/3)', '告警 (3/3)']);
  expect(payloads.every(({ quote }) => String(quote).endsWith('。\n'))).toBe(true);
  expect(Math.max(...sizes(payloads))).toBeLessThanOrEqual(ROOM.maxBytes);
});

it('has links, buttons and mentions in the first message only', () => {
  const links = [{ label: 'l', url: 'https://a.example' }];
  const [first, ...others] = drawn({ links, mentions: [{ everyone: true }], quote: 'q'.repeat(900) });
  expect(first).toMatchObject({ links, mentions: [{ everyone: true }] });
  for (const other of others) expect(Object.keys(other)).toEqual(['title', 'severity', 'quote']);
});

it('continues text, then facts, then the quote, and tears a value only where it is too long', () => {
  const facts = [
    { label: 'a', value: 'x'.repeat(700) },
    { label: 'b', value: 'short' },
  ];
  const payloads = drawn({ text: 't'.repeat(300), facts, quote: 'q'.repeat(300) }) as unknown as Card[];
  const values = payloads.flatMap((card) => card.facts ?? []).filter(({ label }) => label === 'a');
  expect(values.map(({ value }) => value).join('')).toBe('x'.repeat(700));
  expect(payloads.map((card) => card.text ?? '').join('')).toBe('t'.repeat(300));
  expect(payloads.map((card) => card.quote ?? '').join('')).toBe('q'.repeat(300));
  expect(Math.max(...sizes(payloads as never))).toBeLessThanOrEqual(ROOM.maxBytes);
});

it('moves what is too much to press or to call into the text', () => {
  const links = Array.from({ length: 30 }, (_, at) => ({ label: `l${at}`, url: `https://a.example/${at}` }));
  const payloads = drawn({ links }) as unknown as Card[];
  const shown = payloads
    .flatMap((card) => [...(card.links ?? []).map(({ label }) => label), card.quote ?? ''])
    .join('\n');
  for (const { label } of links) expect(shown).toMatch(new RegExp(`\\b${label}\\b`));
});

it('says how much is left out after ten messages', () => {
  const quote = '长'.repeat(5_000);
  const payloads = drawn({ quote });
  expect(payloads).toHaveLength(10);
  const shown = payloads.map((payload) => String(payload.quote)).join('');
  const [, missing] = /\n… \[\+(\d+) B\]$/.exec(shown) ?? [];
  expect(shown.match(/长/g)?.length ?? 0).toBe(5_000 - Number(missing) / 3);
  expect(Math.max(...sizes(payloads))).toBeLessThanOrEqual(ROOM.maxBytes);
});

it('cuts a long title where one can see it, and keeps its number', () => {
  const title = '非常长的标题'.repeat(100);
  const payloads = drawn({ title, quote: 'q'.repeat(500) });
  expect(payloads[0]?.title).toMatch(/^非.*… \(1\/\d\)$/);
});

it('makes one line of a title', () => {
  expect(drawn({ title: 'a\r\nb\n\nc' })[0]?.title).toBe('a b c');
});

const HUGE = 1_000_000;
const MONSTERS: [string, Partial<Card>][] = [
  ['quote', { quote: '硬'.repeat(HUGE) }],
  ['text', { text: '[a](https://'.repeat(HUGE / 12) }],
  ['title', { title: '\u0000'.repeat(HUGE) }],
  ['fact', { facts: [{ label: '*'.repeat(HUGE), value: '_'.repeat(HUGE) }] }],
  ['list of facts', { facts: Array.from({ length: 50_000 }, () => ({ label: '[', value: '\\' })) }],
  ['list of empty facts', { facts: Array.from({ length: 50_000 }, () => ({ label: '', value: '' })) }],
  ['url', { links: [{ label: 'l', url: `https://a.example/${'('.repeat(HUGE)}` }] }],
  ['list of links', { links: Array.from({ length: 20_000 }, () => ({ label: '|', url: 'https://a.example/&' })) }],
  ['list of mentions', { mentions: Array.from({ length: 50_000 }, (_, at) => ({ mobile: `138${at}` })) }],
  ['button', { buttons: [{ label: '`'.repeat(HUGE), command: '\n'.repeat(HUGE) }] }],
  ['form', { form: { command: 'c', submit: 's', fields: [{ name: '<', label: '&'.repeat(HUGE) }] } }],
];

describe.each(WEBHOOK_PLATFORMS)('$name', ({ render, maxBytes: limit }) => {
  it.each(MONSTERS)('brings a monstrous %s through, in time and within its limit', (_, card) => {
    const start = performance.now();
    const payloads = render({ title: 't', severity: 'info', ...card });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(payloads.length).toBeGreaterThan(0);
    expect(payloads.length).toBeLessThanOrEqual(15);
    expect(Math.max(...sizes(payloads))).toBeLessThanOrEqual(limit);
  });
});
