import type { Channel } from '@casebell/im';
import type { AwsEvent, Say } from '../../plugins/formatter';
import { deliver } from './deliver';
import { type Chosen, format } from './formatters';
import type { Log } from './log';

/** All that telling a team takes. */
export interface Notifier {
  formatters: readonly Chosen[];
  channels: readonly Channel[];
  say: Say;
  log: Log;
}

/** THE FLOW: an event becomes a card, and every team is told. Throws when a team could not be, so that the queue keeps the event. */
export async function notify(event: AwsEvent, { formatters, channels, say, log }: Notifier): Promise<void> {
  const made = format(event, formatters, say, log);
  if (!made) return log.info('event.silenced', { id: event.id, source: event.source });
  await deliver(made.card, event.id, channels);
  log.info('event.delivered', { id: event.id, source: event.source, formatter: made.by, channels: channels.length });
}
