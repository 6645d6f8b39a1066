import { type RateLimit, WEBHOOK_PLATFORMS } from '@casebell/im/webhooks';
import { NOON } from '../entry.fixture';
import { seeded } from '../random.fixture';
import { availableTokens, type Buckets, consumeToken, nextTokenAt } from './rate-limit';

const platforms = WEBHOOK_PLATFORMS.map(({ name, rateLimits }) => [name, rateLimits] as const);

/** When a sender who sends whenever it may has sent, over idle times of up to three of the longest window. */
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

describe.each(platforms)('on %s', (_, limits) => {
  it('a greedy sender never exceeds a limit in any window, nor 95 % of one of 20 and more', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const sent = greedy(limits, seeded(seed), 1_000);
      for (const { messages, seconds } of limits) {
        const allowed = messages >= 20 ? messages * 0.95 : messages;
        expect(mostWithin(sent, seconds)).toBeLessThanOrEqual(allowed);
      }
    }
  });

  it('a sender who never rests gets more than half of what is allowed, so nothing waits for nothing', () => {
    const sent = greedy(limits, () => 1, 1_000);
    const hours = ((sent.at(-1) ?? 0) - NOON) / 3_600_000;
    const perHour = Math.min(...limits.map(({ messages, seconds }) => (messages * 3600) / seconds));
    expect(sent.length / hours).toBeGreaterThan(perHour / 2);
  });

  it('says a time for the next message at which one may go, and a millisecond before which none may', () => {
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

  it('never allows more, or earlier, when the platform has answered later than it was asked', () => {
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

  it('foresees as many messages by a time as a greedy sender then sends', () => {
    for (const horizon of [0, 500, 1_000, 10_000, 60_000, 600_000]) {
      const sent = greedy(limits, () => 1, 2_000).filter((at) => at <= NOON + horizon + 1);
      expect(availableTokens([], limits, NOON, NOON + horizon)).toBe(sent.length);
    }
  });
});

it('has six messages at once on DingTalk after a rest, and one every five seconds then', () => {
  const limits = [{ messages: 20, seconds: 60 }];
  expect(greedy(limits, () => 1, 8).map((at) => at - NOON)).toEqual([0, 0, 0, 0, 0, 0, 5_000, 10_000]);
});

it('knows no pace where a platform has none', () => {
  expect([availableTokens([], [], NOON), nextTokenAt([], [])]).toEqual([Number.MAX_SAFE_INTEGER, 0]);
});

it('starts full where a platform has got a limit more than was stored', () => {
  const [one, two] = [
    { messages: 20, seconds: 60 },
    { messages: 5, seconds: 1 },
  ];
  expect(availableTokens(consumeToken([], [one], NOON), [one, two], NOON)).toBe(1);
});
