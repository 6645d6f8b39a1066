import { type Card, openChannel, type Severity, WEBHOOK_PLATFORMS } from '@casebell/im/webhooks';
import { ROOMS } from '../../../local/chat/rooms';
import { testLocale } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, itemOf, many, NOON } from '../entry.fixture';
import { HOSTILE, pick, seeded } from '../random.fixture';
import { createDigest } from './digest';
import type { Item } from './incidents';

const locale = testLocale('zh-CN');
const SEVERITIES: readonly [Severity, ...Severity[]] = ['critical', 'warning', 'info', 'resolved'];
const CHINESE = '实例运行所在的硬件已降级，请尽快停止并重新启动该实例';
const long = (words: string, length: number): string => words.repeat(Math.ceil(length / words.length)).slice(0, length);

/** Items with everything of any length, up to far over every limit. */
function anyItems(random: () => number, count: number): Item[] {
  const some = (most: number) => long(pick(random, HOSTILE), Math.ceil(random() ** 3 * most));
  const severity = pick(random, SEVERITIES);
  return many(count, (index) => {
    const card = cardNamed(some(500), {
      severity,
      text: some(3_000),
      quote: some(20_000),
      facts: many(Math.floor(random() * 9), () => ({ label: some(90), value: some(900) })),
      links: many(Math.floor(random() * 5), () => ({
        label: some(200),
        url: `https://a.example/${'x'.repeat(1_900)}`,
      })),
      mentions: many(Math.floor(random() * 4), (at) => ({ id: `u${index}-${at}`, name: some(60) })),
    });
    const event = { account: some(9_000), region: some(9_000), time: some(40) };
    return itemOf(entryNamed(`${index}`, { card, formatter: some(60) }, event));
  });
}

describe.each(ROOMS.map((webhook) => [webhook.platform, webhook] as const))('a digest on %s', (_, webhook) => {
  const channel = openChannel(webhook, { now: () => NOON, resolveEndpoint: String, timeoutMs: 1 });
  const fits = (card: Card) => channel.compose(card).length === 1;

  it('is one message for 3,000 events with long Chinese titles, and shows some of them', () => {
    const items = many(3_000, (index) =>
      itemOf(entryNamed(`${index}`, { card: cardNamed(`${index} ${long(CHINESE, 300)}`) }, { account: `${index}` })),
    );
    const card = createDigest(items, locale, fits);
    expect(channel.compose(card)).toHaveLength(1);
    expect(card.title).toContain('3000 个事件');
    expect(card.quote?.split('\n').length).toBeGreaterThan(3);
  });

  it('is one message for random events', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seeded(seed);
      const items = anyItems(random, 1 + Math.floor(random() * 60));
      expect({ seed, messages: channel.compose(createDigest(items, locale, fits)).length }).toEqual({
        seed,
        messages: 1,
      });
    }
  });

  it('is one message, however close the most severe event comes to the limit', () => {
    const others = many(30, (index) => itemOf(entryNamed(`${index}`)));
    for (let length = 0; length < 1_600; length += 25) {
      const links = many(3, (at) => ({ label: `${at}`, url: `https://a.example/${'y'.repeat(length)}` }));
      const card = cardNamed('x', { severity: 'critical', quote: 'z'.repeat(length), links });
      const drawn = createDigest([itemOf(entryNamed('g', { card })), ...others], locale, fits);
      expect({ length, messages: channel.compose(drawn).length }).toEqual({ length, messages: 1 });
    }
  });

  it('shows the most severe event when a mention needs a separate message on its platform', () => {
    const calling = cardNamed('数据库不可用', { severity: 'critical', mentions: [{ mobile: '13800000000' }] });
    const items = [itemOf(entryNamed('g', { card: calling })), itemOf(entryNamed('other'))];
    const card = createDigest(items, locale, fits);
    expect(channel.compose(card)).toHaveLength(1);
    expect(card.quote).toContain('数据库不可用');
  });
});

it('these tests cover every platform', () => {
  expect(ROOMS.map(({ platform }) => platform).sort()).toEqual(WEBHOOK_PLATFORMS.map(({ name }) => name).sort());
});
