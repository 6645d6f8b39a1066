import { describeError } from '../shared/log';
import { deliver } from './deliver';
import type { Destination, Office } from './delivery/office';
import type { Patience } from './delivery/wait';

/**
 * Every destination at the same time, so that none waits for another. What goes wrong is logged and not thrown: all is in the
 * outbox, and the next sweep goes on with it.
 */
export async function deliverAll(destinations: readonly Destination[], office: Office, patience: Patience) {
  const deliverOne = (destination: Destination) =>
    deliver(destination, office, patience).catch((error: unknown) =>
      office.log.error('delivery.interrupted', { destination: destination.id, reason: describeError(error) }),
    );
  await Promise.all(destinations.map(deliverOne));
}
