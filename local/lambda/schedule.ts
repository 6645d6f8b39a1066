import type { Clock } from '../clock';
import type { EventSourceRunner } from './sqs-poller';

/** The longest that a change of the clock's rate may go unnoticed, in milliseconds. */
const MAX_WAIT_MS = 1000;

/**
 * Calls at every full interval of the clock from now on, even while an earlier call still runs. A call that fails is not
 * tried again, as Lambda would twice. Keeps no process alive.
 * @param interval in milliseconds of the clock
 * @param call is handed the time that it is called for
 */
export function openSchedule(
  interval: number,
  clock: Clock,
  call: (time: number) => Promise<unknown>,
): EventSourceRunner {
  const running = new Set<Promise<unknown>>();
  let due = clock.now() + interval;
  let timer: NodeJS.Timeout | undefined;

  function start(): void {
    const one = call(due).finally(() => running.delete(one));
    running.add(one);
  }

  /** What a busy machine has missed is not made up for. */
  function look(): void {
    const now = clock.now();
    if (now >= due) {
      start();
      due = now + interval - ((now - due) % interval);
    }
    const wait = Math.ceil((due - clock.now()) / clock.rate);
    timer = setTimeout(look, Math.min(Math.max(wait, 0), MAX_WAIT_MS)).unref();
  }

  look();
  return {
    isBusy: () => running.size > 0,
    async close() {
      clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
