import { promisify } from 'node:util';
import { type ClockState, clockTime } from '../clock';

/** The members of `globalThis` that are replaced. */
export interface GlobalTimers {
  Date: { now(): number };
  setTimeout: typeof setTimeout;
}

/**
 * Makes a process use another clock for `Date.now()` and for delays of the global `setTimeout`, at the rate when it is called. `new
 * Date()`, `setInterval`, `AbortSignal.timeout` and `node:timers`, and so Node's own connections, keep the machine's time. Nothing
 * is replaced while the clock is the machine's.
 * @returns a function that sets the clock's current state
 */
export function createClockFollower(runtime: GlobalTimers): (state: ClockState) => void {
  const { setTimeout: realTimeout } = runtime;
  const realNow = runtime.Date.now;
  let state: ClockState | undefined;

  function replace(first: ClockState): void {
    const real = (delay = 0): number => delay / (state ?? first).rate;
    const scaled = (work: (...values: unknown[]) => void, delay?: number, ...values: unknown[]) =>
      realTimeout(work, real(delay), ...values);
    const sleep = (delay?: number, ...more: unknown[]) => promisify(realTimeout)(real(delay), ...(more as [unknown]));
    runtime.setTimeout = Object.assign(scaled, {
      __promisify__: sleep,
      [promisify.custom]: sleep,
    }) as typeof setTimeout;
    runtime.Date.now = () => Math.floor(clockTime(state ?? first, realNow()));
  }

  return (next) => {
    const differs = next.rate !== 1 || next.realMs !== next.clockMs;
    if (!state && !differs) return;
    if (!state) replace(next);
    state = next;
  };
}
