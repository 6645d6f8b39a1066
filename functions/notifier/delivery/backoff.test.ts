import { many } from '../entry.fixture';
import { seeded } from '../random.fixture';
import { backoffMs } from './rate-limit';

const nothing = {};

it('doubles from a second on, and never rests longer than five minutes', () => {
  const rests = many(12, (failures) => backoffMs(nothing, failures + 1, () => 1) / 1000);
  expect(rests).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]);
  expect(backoffMs(nothing, 1e6, () => 1)).toBe(300_000);
});

it('jitters over the upper half, so that no backoffMs is short', () => {
  const random = seeded(3);
  const rests = many(500, () => backoffMs(nothing, 5, random));
  expect(Math.min(...rests)).toBeGreaterThanOrEqual(16_000);
  expect(Math.max(...rests)).toBeLessThanOrEqual(32_000);
  expect(Math.max(...rests) - Math.min(...rests)).toBeGreaterThan(15_000);
});

it('holds what the platform says, and up to a second more, however often it has failed', () => {
  for (const failures of [1, 9]) {
    expect(backoffMs({ retryAfterSeconds: 600 }, failures, () => 0)).toBe(600_000);
    expect(backoffMs({ retryAfterSeconds: 600 }, failures, () => 1)).toBe(601_000);
  }
});

it('never comes back at once, also where the platform asks for no time at all', () => {
  expect(backoffMs({ retryAfterSeconds: 0 }, 1, () => 0.5)).toBe(1_500);
});
