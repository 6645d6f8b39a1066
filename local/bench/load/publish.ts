import { setTimeout as sleep } from 'node:timers/promises';
import { eventOf, nameOf, namesIn } from './event';
import { eventsIn, type Observed } from './observed';
import type { Target } from './target';

/** Of the clock: all events of the load come within it. */
const LOAD_MS = 60_000;
/** Of the clock, after the last event: later messages do not count. */
const DELIVERY_TIMEOUT_MS = 360_000;
/** Real time in which pending work may end. */
const IDLE_TIMEOUT_MS = 60_000;
const TICK_MS = 10;
/** Real time between two checks of the chats. */
const CHECK_MS = 1_000;
const CHECKS_PER_LINE = 5;

/** Of the clock, in ms since 1970. */
export interface Published {
  first: number;
  last: number;
}

/** Publishes so many events, evenly within a minute. */
export async function publish(
  { clock, aws }: Target,
  { from, count }: { from: number; count: number },
  onProgress: (sent: number) => void,
): Promise<Published> {
  const first = clock.now();
  let lines = 0;
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.ceil(((clock.now() - first) / LOAD_MS) * count));
    for (; sent < due; sent += 1) aws.emit(eventOf(from + sent, clock.now()));
    if (clock.now() > first + lines * CHECK_MS * CHECKS_PER_LINE) {
      lines += 1;
      onProgress(sent);
    }
    await sleep(TICK_MS);
  }
  return { first, last: clock.now() };
}

/** Resolves when each room shows all events, or after the timeout. */
export async function waitForDelivery(
  { clock, stack }: Target,
  observers: readonly (() => Observed)[],
  count: number,
  onProgress: () => void,
): Promise<void> {
  const deadline = clock.now() + DELIVERY_TIMEOUT_MS;
  const isDelivered = () => observers.every((observe) => eventsIn(observe().messages) >= count);
  for (let checks = 0; !isDelivered() && clock.now() < deadline; checks += 1) {
    if (checks % CHECKS_PER_LINE === 0) onProgress();
    await sleep(CHECK_MS);
  }
  await stack.idle(IDLE_TIMEOUT_MS);
}

/** Of the clock: after it each room accepts the next message, DingTalk's robot too (one in 5 s). */
const SINGLE_INTERVAL_MS = 5_500;
/** Real time. */
const SINGLE_TIMEOUT_MS = 5_000;

/** By platform: real ms from before an event was sent until its room showed it. */
export type Latencies = Readonly<Record<string, readonly number[]>>;

/** Sends events one by one, each after the delivery of the one before. */
export async function sendSingly({ chats, rooms, clock, send }: Target, count: number): Promise<Latencies> {
  const shownAt = new Map<string, number>();
  chats.onMessage(({ platform }, { view }) => {
    const now = performance.now();
    for (const name of namesIn(`${view.title}\n${view.lines[0]}`)) shownAt.set(`${platform} ${name}`, now);
  });
  const latencies: Record<string, number[]> = Object.fromEntries(rooms.map(({ platform }) => [platform, []]));
  for (let number = 0; number < count; number += 1) {
    const began = performance.now();
    await send(JSON.stringify(eventOf(number, clock.now())));
    const keys = rooms.map(({ platform }) => `${platform} ${nameOf(number)}`);
    const deadline = began + SINGLE_TIMEOUT_MS;
    while (!keys.every((key) => shownAt.has(key)) && performance.now() < deadline) await sleep(2);
    for (const { platform } of rooms) {
      const at = shownAt.get(`${platform} ${nameOf(number)}`);
      if (at !== undefined) latencies[platform]?.push(at - began);
    }
    await sleep(Math.max(0, SINGLE_INTERVAL_MS / clock.rate - (performance.now() - began)));
  }
  return latencies;
}
