import { type RateLimit, WEBHOOK_PLATFORMS } from '@casebell/im/webhooks';
import { SHANGHAI } from '../../shared/locale.fixture';
import { many, NOON } from '../entry.fixture';
import { seeded } from '../random.fixture';
import {
  availableTokens,
  type Buckets,
  type Budget,
  backoffMs,
  budgetOpensAt,
  consumeToken,
  monthOf,
  nextTokenAt,
  spendBudget,
} from './rate-limit';

const platforms = WEBHOOK_PLATFORMS.map(({ name, rateLimits }) => [name, rateLimits] as const);

/** When a sender has sent that sends as soon as it may, with pauses of up to three of the longest windows. */
function greedy(limits: readonly RateLimit[], random: () => number, count: number, began: Buckets = []): number[] {
  const longest = Math.max(...limits.map(({ seconds }) => seconds)) * 1000;
  const sent: number[] = [];
  let buckets = began;
  let now = NOON;
  while (sent.length < count) {
    if (availableTokens(buckets, limits, now) >= 1) {
      sent.push(now);
      buckets = consumeToken(buckets, limits, now);
    } else now = Math.max(now + 0.01, nextTokenAt(buckets, limits));
    if (random() < 0.02) now += random() ** 2 * 3 * longest;
  }
  return sent;
}

/** The most that were sent within any window of that length. */
function mostWithin(sent: readonly number[], seconds: number): number {
  let [from, most] = [0, 0];
  for (const [index, at] of sent.entries()) {
    while (at - (sent[from] ?? at) >= seconds * 1000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe.each(platforms)('the token buckets of %s', (_, limits) => {
  it('never exceed a limit in any window, nor 95 % of a limit of 20 and more', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const sent = greedy(limits, seeded(seed), 1_000);
      for (const { messages, seconds } of limits) {
        const allowed = messages >= 20 ? messages * 0.95 : messages;
        expect(mostWithin(sent, seconds)).toBeLessThanOrEqual(allowed);
      }
    }
  });

  it('allow a constant sender more than half of the limit', () => {
    const sent = greedy(limits, () => 1, 1_000);
    const hours = ((sent.at(-1) ?? 0) - NOON) / 3_600_000;
    const perHour = Math.min(...limits.map(({ messages, seconds }) => (messages * 3600) / seconds));
    expect(sent.length / hours).toBeGreaterThan(perHour / 2);
  });

  it('have a token at nextTokenAt(), and none a millisecond before', () => {
    const random = seeded(7);
    let [buckets, now]: [Buckets, number] = [[], NOON];
    for (let sent = 0; sent < 300; sent += 1) {
      const next = Math.max(now, nextTokenAt(buckets, limits));
      if (next > now + 1) expect(availableTokens(buckets, limits, next - 1)).toBe(0);
      now = Math.ceil(next);
      expect(availableTokens(buckets, limits, now)).toBeGreaterThanOrEqual(1);
      buckets = consumeToken(buckets, limits, now);
      if (random() < 0.1) now += Math.floor(random() * 90_000);
    }
  });

  it('never allow more, or earlier, when a message is counted from a late answer', () => {
    const random = seeded(11);
    let buckets: Buckets = [];
    let now = NOON;
    for (let sent = 0; sent < 300; sent += 1) {
      now = Math.max(now, nextTokenAt(buckets, limits)) + random() * 500;
      const answered = now + random() * 8_000;
      const [early, late] = [consumeToken(buckets, limits, now), consumeToken(buckets, limits, answered)];
      expect(nextTokenAt(late, limits)).toBeGreaterThanOrEqual(nextTokenAt(early, limits));
      for (const by of [answered, answered + 1_000, answered + 60_000])
        expect(availableTokens(late, limits, answered, by)).toBeLessThanOrEqual(
          availableTokens(early, limits, answered, by),
        );
      buckets = late;
    }
  });

  it('predict with availableTokens() as many messages as a greedy sender sends', () => {
    for (const horizon of [0, 500, 1_000, 10_000, 60_000, 600_000]) {
      const sent = greedy(limits, () => 1, 2_000).filter((at) => at <= NOON + horizon + 1);
      expect(availableTokens([], limits, NOON, NOON + horizon)).toBe(sent.length);
    }
  });
});

it('a full bucket of DingTalk allows six messages at once, then one every five seconds', () => {
  const limits = [{ messages: 20, seconds: 60 }];
  expect(greedy(limits, () => 1, 8).map((at) => at - NOON)).toEqual([0, 0, 0, 0, 0, 0, 5_000, 10_000]);
});

it('a platform without limits has unlimited tokens', () => {
  expect([availableTokens([], [], NOON), nextTokenAt([], [])]).toEqual([Number.MAX_SAFE_INTEGER, 0]);
});

it('a bucket of a limit that was added starts full', () => {
  const [one, two] = [
    { messages: 20, seconds: 60 },
    { messages: 5, seconds: 1 },
  ];
  expect(availableTokens(consumeToken([], [one], NOON), [one, two], NOON)).toBe(1);
});

const HOUR = 3_600_000;
const QUOTA = 3_000;
const at = (when: string): number => Date.parse(`${when}+08:00`);
const MIDDLE = at('2026-11-16T00:00:00');
const budget = (sent: number, lastSentAt = MIDDLE): Budget => ({
  month: monthOf(lastSentAt, SHANGHAI),
  sent,
  lastSentAt,
});
/** How long after the last message events that are not critical may be sent, in ms. */
const window = (sent: number, quota = QUOTA, lastSentAt = MIDDLE): number =>
  budgetOpensAt(budget(sent, lastSentAt), quota, lastSentAt, SHANGHAI) - lastSentAt;

it('budgetOpensAt() is at once until half of the month’s messages are used', () => {
  expect([0, 1, 1_499].map((sent) => budgetOpensAt(budget(sent), QUOTA, MIDDLE, SHANGHAI))).toEqual([0, 0, 0]);
  expect(budgetOpensAt(budget(1_500), QUOTA, MIDDLE, SHANGHAI)).toBeGreaterThan(MIDDLE);
});

it.each([
  ['spreads the rest without the reserve evenly over the month', window(1_500), (15 * 24 * HOUR) / 1_200],
  ['widens the window as the quota runs out', window(2_600), (15 * 24 * HOUR) / 100],
  ['ends the year in December', window(2_600, QUOTA, at('2026-12-31T12:00:00')), (12 * HOUR) / 100],
  ['is at most four hours ahead', window(2_690), 4 * HOUR],
  ['is four hours ahead where only the reserve is left', window(2_700), 4 * HOUR],
  ['is four hours ahead where more than all is used up', window(9_999), 4 * HOUR],
  ['accepts a quota of one', window(1, 1), 4 * HOUR],
])('budgetOpensAt() %s', (_, ms, expected) => {
  expect(ms).toBeCloseTo(expected);
});

it('budgetOpensAt() keeps the reserve: a month of constant storms leaves a tenth for critical events', () => {
  let now = at('2026-11-02T00:00:00');
  let used = budget(1_500, now);
  for (; monthOf(now, SHANGHAI) === '2026-11'; now = budgetOpensAt(used, QUOTA, now, SHANGHAI))
    used = spendBudget(used, now, SHANGHAI);
  expect(used.sent).toBeGreaterThan(0.85 * QUOTA);
  expect(used.sent).toBeLessThanOrEqual(0.95 * QUOTA);
});

it('a budget starts again with the month in the reader’s time zone', () => {
  const [last, first] = [at('2026-11-30T23:59:59'), at('2026-12-01T00:00:00')];
  expect([monthOf(last, SHANGHAI), monthOf(first, SHANGHAI)]).toEqual(['2026-11', '2026-12']);
  expect(budgetOpensAt(budget(2_999, last), QUOTA, first, SHANGHAI)).toBe(0);
  expect(spendBudget(budget(2_999, last), last, SHANGHAI).sent).toBe(3_000);
  expect(spendBudget(budget(2_999, last), first, SHANGHAI)).toEqual({ month: '2026-12', sent: 1, lastSentAt: first });
});

it('budgetOpensAt() is at once without a quota, and for the first message of a quota of one', () => {
  expect([undefined, 0].map((quota) => budgetOpensAt(budget(1e9), quota, MIDDLE, SHANGHAI))).toEqual([0, 0]);
  expect(budgetOpensAt(budget(0), 1, MIDDLE, SHANGHAI)).toBe(0);
});

const nothing = {};

it('backoffMs() doubles from one second to five minutes', () => {
  const backoffs = many(12, (failures) => backoffMs(nothing, failures + 1, () => 1) / 1000);
  expect(backoffs).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
  expect(backoffMs(nothing, 1e6, () => 1)).toBe(300_000);
});

it('backoffMs() has jitter over the upper half', () => {
  const random = seeded(3);
  const backoffs = many(500, () => backoffMs(nothing, 5, random));
  expect(Math.min(...backoffs)).toBeGreaterThanOrEqual(16_000);
  expect(Math.max(...backoffs)).toBeLessThanOrEqual(32_000);
  expect(Math.max(...backoffs) - Math.min(...backoffs)).toBeGreaterThan(15_000);
});

it('backoffMs() is what the platform asks for, and up to a second more, and not 0 where it asks for 0 seconds', () => {
  for (const failures of [1, 9])
    expect([0, 1].map((random) => backoffMs({ retryAfterSeconds: 600 }, failures, () => random))).toEqual([
      600_000, 601_000,
    ]);
  expect(backoffMs({ retryAfterSeconds: 0 }, 1, () => 0.5)).toBe(1_500);
});
