import { clockTime, createClock } from './clock';

function machine() {
  let time = 1_000_000;
  return {
    real: () => time,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

it('has the machine’s time by default', () => {
  const { real, pass } = machine();
  const clock = createClock({ real });
  pass(5000);
  expect([clock.now(), clock.rate]).toEqual([1_005_000, 1]);
});

it('runs at its rate and does not jump when the rate is set', () => {
  const { real, pass } = machine();
  const clock = createClock({ real, rate: 60 });
  pass(1000);
  expect(clock.now()).toBe(1_060_000);
  clock.rate = 2;
  expect(clock.now()).toBe(1_060_000);
  pass(1000);
  expect([clock.now(), clock.rate]).toEqual([1_062_000, 2]);
});

it('can be computed from its state', () => {
  const { real, pass } = machine();
  const clock = createClock({ real, rate: 60 });
  pass(500);
  clock.rate = 10;
  pass(500);
  expect(clockTime(clock.state(), real())).toBe(clock.now());
});
