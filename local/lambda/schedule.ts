import type { Clock } from '../clock';
import type { EventSourceRunner } from './sqs-poller';

/** A changed rate of the clock is noticed within this time. */
const MAX_WAIT_MS = 1000;

/**
 * Calls at every full interval of the clock, even while an earlier call is running. A failed call is not retried; Lambda retries
 * twice. It does not keep the process alive.
 * @param intervalMs by the clock
 * @param call gets the time for which it is called
 */
export function openSchedule(
  intervalMs: number,
  clock: Clock,
  call: (time: number) => Promise<unknown>,
): EventSourceRunner {
  const running = new Set<Promise<unknown>>();
  let due = clock.now() + intervalMs;
  let timer: NodeJS.Timeout | undefined;

  function start(): void {
    const one = call(due).finally(() => running.delete(one));
    running.add(one);
  }

  /** Calls that a busy machine has missed are skipped. */
  function check(): void {
    const now = clock.now();
    if (now >= due) {
      start();
      due = now + intervalMs - ((now - due) % intervalMs);
    }
    const wait = Math.ceil((due - clock.now()) / clock.rate);
    timer = setTimeout(check, Math.min(Math.max(wait, 0), MAX_WAIT_MS)).unref();
  }

  check();
  return {
    isBusy: () => running.size > 0,
    async close() {
      clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
