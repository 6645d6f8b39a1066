import { deliverAll } from './deliver-all';
import { opensAt } from './delivery/budget';
import type { Destination } from './delivery/office';
import type { Patience } from './delivery/wait';
import { removed } from './destinations';
import type { Notifier } from './notify';

/**
 * Every minute: whatever waits anywhere is gone on with, if nobody does; so nothing is lost to a wake-up that was lost, or to a
 * process that died. Says how long the oldest event has been waiting.
 */
export async function sweep(notifier: Notifier, patience: Patience): Promise<void> {
  const destinations = await destinationsThatWait(notifier);
  await deliverAll(destinations, notifier, patience);
  const ages = await Promise.all(destinations.map((destination) => ageOf(destination, notifier)));
  notifier.metrics.ageSeconds('OldestPendingEventAge', Math.max(0, ...ages));
}

/** Those of the stack, and those that are not in it any more and for which something still waits. */
async function destinationsThatWait({ destinations, outbox }: Notifier): Promise<Destination[]> {
  const stored = await outbox.destinations();
  const waits = await Promise.all(stored.map(async (id) => (await outbox.waitingSince(id)) !== undefined));
  const waiting = stored.filter((_, index) => waits[index]);
  const among = (known: readonly Destination[]) => waiting.filter((id) => !known.some((one) => one.id === id));
  const known = await destinations();
  if (among(known).length === 0) return [...known];
  // A stranger may be a webhook that was entered a minute ago, so the secret is read again before it is judged.
  const fresh = await destinations(true);
  return [...fresh, ...among(fresh).map(removed)];
}

/** In seconds; 0 when nothing waits. What the month's budget holds back is not late. */
async function ageOf({ id, quota }: Destination, { outbox, clock }: Notifier): Promise<number> {
  const [since, { budget }] = await Promise.all([outbox.waitingSince(id), outbox.standing(id)]);
  if (since === undefined) return 0;
  const now = clock.now();
  return Math.max(0, (now - Math.max(since, opensAt(budget, quota, now))) / 1000);
}
