import { setTimeout as sleep } from 'node:timers/promises';
import { createClock } from '../clock';
import { openSchedule } from './schedule';

const MINUTE = 60_000;

it('calls once at every full interval of the clock, and never again once closed', async () => {
  const clock = createClock({ rate: 600 });
  const start = clock.now();
  const times: number[] = [];
  const schedule = openSchedule(MINUTE, clock, async (time) => times.push(time));
  while (times.length < 3) await sleep(5);
  await schedule.close();
  await sleep(250);
  expect(times.map((time) => Math.round((time - start) / MINUTE))).toEqual([1, 2, 3]);
});

it('notices within a second that the clock runs faster', async () => {
  const clock = createClock();
  let calls = 0;
  const schedule = openSchedule(MINUTE, clock, async () => (calls += 1));
  clock.rate = 6000;
  await sleep(1200);
  await schedule.close();
  expect(calls).toBeGreaterThan(1);
});

it('is busy while a call runs, even one that fails, and closes after it', async () => {
  const clock = createClock({ rate: 60_000 });
  let done = 0;
  const schedule = openSchedule(MINUTE, clock, async () => {
    await sleep(300);
    done += 1;
    throw new Error('no');
  });
  expect(schedule.isBusy()).toBe(false);
  while (!schedule.isBusy()) await sleep(1);
  await schedule.close();
  expect([done > 0, schedule.isBusy()]).toEqual([true, false]);
});
