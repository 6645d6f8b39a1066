import { finish } from './delivery/finish';
import type { Destination, Office } from './delivery/office';
import { send } from './delivery/send';
import { nextStep, type Step } from './delivery/step';
import { sumUp } from './delivery/sum-up';
import { released } from './delivery/transitions';
import { type Patience, waitUntil } from './delivery/wait';
import type { Standing } from './standing';

/**
 * THE OTHER FLOW: what waits for a team becomes messages, as fast as its platform allows, until nothing waits, or until a
 * wake-up has been ordered for the rest. Any number of these may run for one destination. The outbox lets one of them send at
 * a time, and whoever has changed how a destination stands looks again or leaves a wake-up, so nothing is left lying.
 */
export async function deliver(destination: Destination, office: Office, patience: Patience): Promise<void> {
  let isMore = true;
  while (isMore) {
    const standing = await office.outbox.standing(destination.id);
    const step = await nextStep(destination, standing, office);
    isMore = await take(step, standing, destination, office, patience);
  }
}

/** @returns whether to look again. */
async function take(
  step: Step,
  standing: Standing,
  destination: Destination,
  office: Office,
  patience: Patience,
): Promise<boolean> {
  const now = office.clock.now();
  switch (step.kind) {
    case 'rest':
      return false;
    case 'wait':
      return waitUntil(step.until, standing, destination, office, patience);
    case 'fold':
      await fold(step, standing, destination, office, patience.end);
      return true;
    case 'finish':
      await finish(step.message, standing, destination, office, 'told');
      return true;
    case 'send':
      if (now >= patience.until) return waitUntil(now, standing, destination, office, patience);
      await send(await sumUp(step, office, patience), step.incidents, standing, destination, office, patience.end);
      return true;
  }
}

/**
 * They would say what has been said: nobody has to be told, and nobody waits for the pace. Not without the lease: somebody may
 * have told them since we looked, and then that is how they stand.
 */
async function fold(
  { keys, incidents }: Extract<Step, { kind: 'fold' }>,
  standing: Standing,
  { id }: Destination,
  { outbox, log, metrics }: Office,
  end: number,
): Promise<void> {
  const held = await outbox.save(id, { ...standing, busyUntil: end });
  if (!held) return;
  const marks = keys.map((key) => ({ key, outcome: 'folded' as const }));
  await outbox.settle(id, marks, incidents);
  await outbox.save(id, released(held));
  metrics.count('EventsDeduplicated', keys.length);
  log.info('events.folded', { destination: id, events: keys.length });
}
