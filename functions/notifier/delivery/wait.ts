import type { Standing } from '../standing';
import type { Destination, Office } from './office';

/** How long a delivery may go on, as far as its Lambda invocation is concerned. */
export interface Patience {
  /** Whether nobody waits for the invocation to end. */
  maySleep: boolean;
  /** In ms since 1970: after this nothing is begun. */
  until: number;
  /** In ms since 1970: when Lambda ends the invocation, come what may. */
  end: number;
}

/** In ms: a woken delivery sleeps out a wait of this length. A longer one is left to the queue's delay, which costs nothing. */
const LONGEST_SLEEP = 20_000;
/** In ms: a wake-up for about the same time is good enough. */
const ABOUT = 1_000;

/**
 * Sleeps, where the invocation may, otherwise orders a wake-up, unless somebody has. Either is stored, so that of many deliveries
 * that have to wait only one does.
 * @returns whether to look again; false: somebody else will.
 */
export async function waitUntil(
  until: number,
  standing: Standing,
  { id }: Destination,
  { outbox, queues, clock, log }: Office,
  patience: Patience,
): Promise<boolean> {
  const now = clock.now();
  const isOrdered = standing.wakeAt > now && standing.wakeAt <= until + ABOUT;
  const isShort = until - now <= LONGEST_SLEEP;
  if (patience.maySleep && isShort && until < patience.until) {
    if (isOrdered || (await outbox.save(id, { ...standing, wakeAt: until }))) await clock.sleep(until - now);
    return true;
  }
  if (isOrdered) return false;
  const delay = await queues.wake(id, isShort ? 0 : until - now);
  await outbox.save(id, { ...standing, wakeAt: isShort ? Math.max(until, now + ABOUT) : now + delay });
  log.info('destination.waits', { destination: id, until: new Date(until).toISOString() });
  return false;
}
