import { setTimeout as sleep } from 'node:timers/promises';
import { eventOf } from './event';
import type { Road } from './road';
import { eventsIn, type Sight } from './shown';

/** Milliseconds of the clock in which all events come. */
const WITHIN = 60_000;
/** Milliseconds of the clock after the last one: what is not in the chats by then is not waited for. */
const PATIENCE = 360_000;
/** Real milliseconds more in which what is under way may end. */
const LITTLE_PATIENCE = 60_000;
const TICK = 10;
/** Real milliseconds between two looks at the chats. */
const LOOK = 1_000;
const LOOKS_BETWEEN_LINES = 5;

/** In ms since 1970, by the clock. */
export interface Poured {
  first: number;
  last: number;
}

/** Sends so many events, evenly within a minute. */
export async function pour(road: Road, from: number, count: number, progress: (sent: number) => void): Promise<Poured> {
  const { clock } = road;
  const first = clock.now();
  let told = 0;
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.ceil(((clock.now() - first) / WITHIN) * count));
    for (; sent < due; sent += 1) road.emit(eventOf(from + sent, clock.now()));
    if (clock.now() > first + told * LOOK * LOOKS_BETWEEN_LINES) {
      told += 1;
      progress(sent);
    }
    await sleep(TICK);
  }
  return { first, last: clock.now() };
}

/** Resolves when nothing is under way any more, and, where it is tried again, every room accounts for all; or after minutes. */
export async function untilTold(
  road: Road,
  sights: readonly (() => Sight)[],
  count: number,
  progress: () => void,
): Promise<void> {
  const deadline = road.clock.now() + PATIENCE;
  const isTold = () => sights.every((sight) => eventsIn(sight().messages) >= count);
  for (let looks = 0; road.triesAgain && !isTold() && road.clock.now() < deadline; looks += 1) {
    if (looks % LOOKS_BETWEEN_LINES === 0) progress();
    await sleep(LOOK);
  }
  await road.idle(LITTLE_PATIENCE);
}
