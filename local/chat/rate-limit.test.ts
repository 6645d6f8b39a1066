import { waitMs } from './rate-limit';

const memory = (limits: 'real' | 'off' = 'real') => ({
  limits,
  requestTimes: [],
  blockedUntil: 0,
  idempotencyKeys: new Set<string>(),
});

it('counts a rolling window, and only what it allowed', () => {
  const robot = memory();
  const limit = [{ count: 2, windowMs: 1000 }];
  expect([0, 400, 900, 1000, 1100, 1400].map((now) => waitMs(robot, now, limit))).toEqual([0, 0, 100, 0, 300, 0]);
});

it('keeps the strictest of several windows', () => {
  const robot = memory();
  const limits = [
    { count: 1, windowMs: 100 },
    { count: 2, windowMs: 1000 },
  ];
  expect([0, 50, 100, 300].map((now) => waitMs(robot, now, limits))).toEqual([0, 50, 0, 700]);
});

it('never waits where limits are off', () => {
  expect([0, 0, 0].map((now) => waitMs(memory('off'), now, [{ count: 1, windowMs: 1000 }]))).toEqual([0, 0, 0]);
});
