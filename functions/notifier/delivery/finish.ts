import type { Incident, Mark, Outcome } from '../outbox';
import type { Message, Standing } from '../standing';
import { follow } from './follow-up';
import { inOrder } from './groups';
import type { Destination, Office } from './office';
import { released } from './transitions';

type Incidents = ReadonlyMap<string, Incident>;

/** A message has arrived, or never will: its entries say so, and then the destination is free again. May be repeated. */
export async function finish(
  message: Message,
  standing: Standing,
  destination: Destination,
  office: Office,
  outcome: Exclude<Outcome, 'folded'>,
  incidents?: Incidents,
): Promise<void> {
  const { outbox } = office;
  const { id } = destination;
  const { keys, id: told } = message;
  const known = outcome === 'told' ? (incidents ?? (await recall(message, destination, office))) : new Map();
  const marks = keys.map((key): Mark => ({ key, outcome, message: told }));
  await outbox.settle(id, marks, known);
  if (outcome === 'told') tell(message, destination, office);
  await outbox.save(id, released(standing));
}

function tell({ id, keys }: Message, destination: Destination, { log, metrics }: Office): void {
  metrics.count('EventsDelivered', keys.length);
  if (keys.length > 1) metrics.count('EventsBatched', keys.length);
  log.info('message.delivered', { destination: destination.id, messageId: id, events: keys.length });
}

/** What was begun by a process that is no more: its incidents are worked out again. */
async function recall({ keys }: Message, { id }: Destination, { outbox, clock, locale }: Office): Promise<Incidents> {
  // A batch is read in any order.
  const entries = inOrder(await outbox.entries(id, keys));
  const known = await outbox.incidents(
    id,
    entries.flatMap(({ incident }) => incident ?? []),
  );
  for (const entry of entries) {
    const { incident } = follow(entry, known.get(entry.incident ?? ''), clock.now(), locale);
    if (entry.incident && incident) known.set(entry.incident, incident);
  }
  return known;
}
