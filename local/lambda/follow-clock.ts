import { promisify } from 'node:util';
import { type ClockState, clockTime } from '../clock';

/** What is replaced in a process: its `globalThis`. */
export interface GlobalTimers {
  Date: { now(): number };
  setTimeout: typeof setTimeout;
}

/**
 * Makes a process live by another clock: `Date.now()` and the delays of the global `setTimeout`, each at the rate of when it
 * is called. `new Date()`, `setInterval`, `AbortSignal.timeout` and `node:timers` keep the machine's time, and with them
 * Node's own connections. As long as that clock is the machine's, nothing is replaced.
 * @returns sets the process to what the clock is like now
 */
export function createClockFollower(runtime: GlobalTimers): (state: ClockState) => void {
  const { setTimeout: realTimeout } = runtime;
  const realNow = runtime.Date.now;
  let state: ClockState | undefined;

  function replace(first: ClockState): void {
    const real = (delay = 0): number => delay / (state ?? first).rate;
    const scaled = (work: (...words: unknown[]) => void, delay?: number, ...words: unknown[]) =>
      realTimeout(work, real(delay), ...words);
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
