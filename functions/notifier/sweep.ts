import { deliverAll } from './deliver-all';
import type { Patience } from './delivery/wait';
import { removed } from './destinations';
import type { Notifier } from './notify';

/**
 * Every minute: whatever waits anywhere is gone on with, if nobody does; so nothing is lost to a wake-up that was lost, or to a
 * process that died. Says how long the oldest event has been waiting.
 */
export async function sweep(notifier: Notifier, patience: Patience): Promise<void> {
  const stored = await notifier.outbox.destinations();
  const known = await knownAmong(stored, notifier);
  const strangers = stored.filter((id) => !known.some((destination) => destination.id === id));
  await deliverAll([...known, ...strangers.map(removed)], notifier, patience);
  const ages = await Promise.all([...known.map(({ id }) => id), ...strangers].map((id) => ageOf(id, notifier)));
  notifier.metrics.oldest(Math.max(0, ...ages));
  for (const [index, id] of strangers.entries()) if (ages[known.length + index] === 0) await notifier.outbox.forget(id);
}

/** A stranger may be a webhook that was entered a minute ago: then the secret is read again before it is judged. */
async function knownAmong(stored: readonly string[], { destinations }: Notifier) {
  const known = await destinations();
  const isKnown = (id: string) => known.some((destination) => destination.id === id);
  return stored.every(isKnown) ? known : destinations(true);
}

/** In seconds; 0 when nothing waits. */
async function ageOf(destination: string, { outbox, clock }: Notifier): Promise<number> {
  const since = await outbox.waitingSince(destination);
  return since === undefined ? 0 : Math.max(1, (clock.now() - since) / 1000);
}
