import type { Card, Mention, Severity } from '@casebell/im/webhooks';
import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, itemOf, many, NOON } from '../entry.fixture';
import { HOSTILE, pick, seeded } from '../random.fixture';
import { countsOnly, createDigest, groupItems } from './digest';
import type { Item } from './incidents';

const [en, zh] = [testLocale('en'), testLocale('zh-CN')];
const LANGUAGES = { en, 'zh-CN': zh };
const SEVERITIES: readonly [Severity, ...Severity[]] = ['critical', 'warning', 'info', 'resolved'];
const everything = () => true;

function anyItem(random: () => number, groups: number, words: readonly [string, ...string[]]): Item {
  const severity = pick(random, SEVERITIES);
  const short = { id: String(random()), account: String(Math.floor(random() * groups)), region: 'cn-northwest-1' };
  const event = { ...short, time: new Date(NOON + random() * 1e9).toISOString() };
  const quote = many(Math.floor(random() * 9), () => pick(random, words)).join('\n');
  const card = cardNamed(pick(random, words), { severity, quote, facts: [{ label: 'x', value: pick(random, words) }] });
  return itemOf(
    entryNamed(event.id, { formatter: pick(random, ['cloudwatch-alarm', 'health', 'guardduty']), card }, event),
  );
}

/** The counts that a digest states: in its title, by severity there, and of its groups. */
function countsIn({ title, facts = [] }: Card) {
  const numbers = (text: string) =>
    [...text.matchAll(/(?:[a-z]|严重|警告|信息|已恢复) (\d+)/g)].map(([, n]) => Number(n));
  const rows = facts.map(({ label }) => Number(/^(\d+) × /.exec(label)?.[1]));
  const sum = (list: number[]) => list.reduce((one, other) => one + other, 0);
  const [, severities = ''] = title.split(' · ');
  return [Number(/^\d+/.exec(title)?.[0]), sum(numbers(severities)), sum(rows)];
}

describe.each(Object.entries(LANGUAGES))('a digest in %s', (_, say) => {
  it('has equal counts in its title, its severities and its groups', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = seeded(seed);
      const count = 1 + Math.floor(random() * 400);
      const groups = 1 + Math.floor(random() ** 3 * 300);
      const items = many(count, () => anyItem(random, groups, HOSTILE));
      for (const card of [createDigest(items, say, everything), countsOnly(items, say)])
        expect(countsIn(card)).toEqual([count, count, count]);
    }
  });

  it('shows the most severe event in full and every other event as a line, where there is room', () => {
    const items = many(40, (index) => itemOf(entryNamed(`event ${index}`)));
    const gravest = cardNamed('the database is gone', { severity: 'critical', quote: 'all\nof it' });
    const [first = '', ...lines] = (
      createDigest([...items, itemOf(entryNamed('g', { card: gravest }))], say, everything).quote ?? ''
    )
      .split('\n\n')
      .flatMap((block, index) => (index ? block.split('\n') : [block]));
    expect(first).toMatch(/the database is gone\nall\nof it$/);
    expect(lines).toEqual(many(40, (index) => expect.stringMatching(new RegExp(` event ${index}$`))));
  });
});

it.each([
  [en, '3 events · critical 1, warning 2 · 2026-05-01 20:00:00 UTC+08:00', /^Most severe: /, 'Rate limit reached'],
  [zh, '3 个事件 · 严重 1，警告 2 · 2026-05-01 20:00:00 UTC+08:00', /^最严重: /, '发送限额'],
])('a digest has counts, severities, times and its reason in the reader’s language', (say, title, gravest, why) => {
  const items = ['a', 'b'].map((name) => itemOf(entryNamed(name)));
  const worst = itemOf(entryNamed('c', { card: cardNamed('c', { severity: 'critical' }) }));
  expect(createDigest([...items, worst], say, everything)).toMatchObject({
    title,
    severity: 'critical',
    text: expect.stringContaining(why),
    quote: expect.stringMatching(gravest),
  });
});

it('a digest counts the lines that do not fit', () => {
  const items = many(100, (index) => itemOf(entryNamed(`event ${index}`)));
  const short = (card: Card) => (card.quote ?? '').length < 500;
  const { quote = '' } = createDigest(items, en, short);
  const shown = quote.match(/ event \d+$/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(10);
  expect(quote).toMatch(new RegExp(`… and ${100 - shown} more, counted above$`));
  expect(createDigest(items, zh, short).quote).toMatch(/…… 另有 \d+ 个，已计入上方统计$/);
});

it('a digest fits wherever its counts alone fit', () => {
  const links = [{ label: 'Console', url: 'https://console.example/' }];
  const mentions = many(9, (index) => ({ id: `user${index}` }));
  const worst = itemOf(entryNamed('w', { card: cardNamed('w', { severity: 'critical', links, mentions }) }));
  const items = [worst, ...many(9, (index) => itemOf(entryNamed(`event ${index}`)))];
  const size = (card: Card) => JSON.stringify(card).length;
  for (let limit = size(countsOnly(items, en)); limit <= size(createDigest(items, en, everything)); limit += 1)
    expect(size(createDigest(items, en, (card) => size(card) <= limit))).toBeLessThanOrEqual(limit);
});

it.each(Object.entries(LANGUAGES))('a digest shows account names, in %s', (_, { language }) => {
  const names = new Map([['111122223333', '生产环境生产环境生产环境生']]);
  const rows = countsOnly([itemOf(entryNamed('a'))], testLocale(language, names)).facts ?? [];
  expect(rows[0]?.value).toContain(' · 生产环境生产环境生产环境生 (111122223333) · us-east-1 · ');
});

it('groupItems() groups by formatter, severity, account and Region', () => {
  const items = [
    itemOf(entryNamed('a')),
    itemOf(entryNamed('b')),
    itemOf(entryNamed('c', { formatter: 'health' })),
    itemOf(entryNamed('d', { card: cardNamed('d', { severity: 'info' }) })),
    itemOf(entryNamed('e', {}, { account: '1', region: '2' })),
    itemOf(entryNamed('f', {}, { account: '12', region: '' })),
  ];
  const ids = groupItems(items).map((group) => group.items.map(({ entry }) => entry.event.id).join());
  expect(ids).toEqual(['a,b', 'c', 'e', 'f', 'd']);
});

it('groupItems() returns the most severe group first, then the largest', () => {
  const of = (severity: Severity, formatter: string, count: number) =>
    many(count, () => itemOf(entryNamed(formatter, { formatter, card: cardNamed(formatter, { severity }) })));
  const items = [...of('resolved', 'r', 9), ...of('info', 'i', 8), ...of('warning', 'w', 7), ...of('critical', 'c', 1)];
  const groups = groupItems([...items, ...of('critical', 'more', 2)]);
  expect(groups.map(({ formatter }) => formatter)).toEqual(['more', 'c', 'w', 'i', 'r']);
});

it('a digest has one row for the groups after the twelfth', () => {
  const items = many(30, (index) => itemOf(entryNamed(`${index}`, {}, { account: String(index) })));
  const { facts = [] } = createDigest(items, en, everything);
  expect(facts).toHaveLength(13);
  expect(facts.at(-1)).toEqual({ label: '18 × …', value: expect.stringMatching(/^18 more groups · 2026-05-01/) });
});

it('a digest has the mentions of all cards, each once, twenty at most', () => {
  const calling = (...mentions: Mention[]) => itemOf(entryNamed('a', { card: cardNamed('a', { mentions }) }));
  const two = [calling({ id: 'li' }, { everyone: true }), calling({ id: 'li' }, { mobile: '138' })];
  expect(createDigest(two, en, everything).mentions).toEqual([{ id: 'li' }, { everyone: true }, { mobile: '138' }]);
  const crowd = many(3_000, (index) => calling({ id: `user${index}` }));
  expect(createDigest(crowd, en, everything).mentions).toHaveLength(20);
});

it('a digest has the links of the most severe card', () => {
  const links = many(5, (index) => ({ label: `${index}`, url: `https://a.example/${index}` }));
  const worst = itemOf(entryNamed('w', { card: cardNamed('w', { severity: 'critical', links }) }));
  expect(createDigest([itemOf(entryNamed('a')), worst], en, everything).links).toEqual(links.slice(0, 3));
});
