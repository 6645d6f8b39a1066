import { setTimeout as sleep } from 'node:timers/promises';
import { eventOf, nameOf, namesIn } from './event';
import type { Road } from './road';

/** Milliseconds of the clock between two events: every room may be told at once, DingTalk's robot too (one in 5 s). */
const SPACING = 5_500;
/** In real milliseconds. */
const PATIENCE = 5_000;

/** By platform: real milliseconds from before an event was sent until a room has shown it, one for each that was shown. */
export type Latencies = Readonly<Record<string, readonly number[]>>;

/** Sends so many events one by one, each when the one before is long told. */
export async function sendLone(road: Road, from: number, count: number): Promise<Latencies> {
  const shown = new Map<string, number>();
  road.onMessage(({ platform }, { view }) => {
    const now = performance.now();
    for (const name of namesIn(`${view.title}\n${view.lines[0]}`)) shown.set(`${platform} ${name}`, now);
  });
  const latencies: Record<string, number[]> = Object.fromEntries(road.rooms.map(({ platform }) => [platform, []]));
  for (let number = from; number < from + count; number += 1) {
    const began = performance.now();
    await road.send(eventOf(number, road.clock.now()));
    const keys = road.rooms.map(({ platform }) => `${platform} ${nameOf(number)}`);
    while (!keys.every((key) => shown.has(key)) && performance.now() < began + PATIENCE) await sleep(2);
    for (const { platform } of road.rooms) {
      const at = shown.get(`${platform} ${nameOf(number)}`);
      if (at !== undefined) latencies[platform]?.push(at - began);
    }
    await sleep(Math.max(0, SPACING / road.clock.rate - (performance.now() - began)));
  }
  return latencies;
}

/** The smallest value that so much of all of them does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
