import { createClock } from '../clock';
import { openSchedule } from './schedule';

const MINUTE_MS = 60_000;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it('calls once at every full interval of the clock, and not after close()', async () => {
  const clock = createClock({ rate: 600 });
  const start = clock.now();
  const times: number[] = [];
  const schedule = openSchedule(MINUTE_MS, clock, async (time) => times.push(time - start));
  await jest.advanceTimersByTimeAsync(310);
  await schedule.close();
  await jest.advanceTimersByTimeAsync(1000);
  expect(times).toEqual([MINUTE_MS, 2 * MINUTE_MS, 3 * MINUTE_MS]);
});

it('notices a faster clock within a second', async () => {
  const clock = createClock();
  let calls = 0;
  const schedule = openSchedule(MINUTE_MS, clock, async () => (calls += 1));
  clock.rate = 6000;
  await jest.advanceTimersByTimeAsync(1000);
  expect(calls).toBe(1);
  await schedule.close();
});

it('is busy while a call runs, even a call that fails, and closes after it', async () => {
  const clock = createClock();
  let fail = () => {};
  const call = () => new Promise((_resolve, reject) => (fail = () => reject(new Error('no'))));
  const schedule = openSchedule(MINUTE_MS, clock, call);
  expect(schedule.isBusy()).toBe(false);
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(schedule.isBusy()).toBe(true);
  const closed = schedule.close();
  fail();
  await closed;
  expect(schedule.isBusy()).toBe(false);
});
