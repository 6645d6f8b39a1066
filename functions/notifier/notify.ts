import type { Channel } from '@casebell/im';
import type { AwsEvent, Say } from '../../plugins/formatter';
import { deliver, type Resting } from './deliver';
import { type Chosen, format } from './formatters';
import type { Log } from './log';
import { fingerprint } from './shapes/shape';

/** All that telling a team takes. */
export interface Notifier {
  formatters: readonly Chosen[];
  channels: readonly Channel[];
  say: Say;
  log: Log;
}

/** THE FLOW: an event becomes a card, and every team is told. Throws when a team could not be, so that the queue keeps the event. */
export async function notify(event: AwsEvent, notifier: Notifier, resting: Resting = new Map()): Promise<void> {
  const { formatters, channels, say, log } = notifier;
  const made = format(event, formatters, say, log);
  if (!made) return log.info('event.silenced', { id: event.id, source: event.source });
  const told = await deliver(made.card, onceOf(event), channels, resting);
  log.info(told ? 'event.delivered' : 'event.repeated', {
    id: event.id,
    source: event.source,
    formatter: made.by,
    told,
  });
}

/** Senders repeat ids, and several events may come in one message: only the same id with the same content is the same. */
const onceOf = (event: AwsEvent): string => fingerprint(event);
