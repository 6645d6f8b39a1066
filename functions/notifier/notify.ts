import type { AwsEvent } from '../../plugins/formatter';
import { type Accounts, accountOf } from './accounts';
import type { Destination, Office } from './delivery/office';
import { deadlinesOf } from './delivery/summary';
import { type Chosen, format } from './formatters';
import { entryOf } from './identity';
import type { Entry } from './outbox';

/** All that telling teams takes. */
export interface Notifier extends Office {
  formatters: readonly Chosen[];
  /** What the case bot calls accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
  /** Ids of accounts whose events are not told. */
  excluded: Accounts['excluded'];
  /** In ms since 1970: until then all events of this invocation together may wait for a model. */
  modelUntil?: number;
  /** The teams to tell now. @param fresh whether to look again at what may have been changed a minute ago. */
  destinations(fresh?: boolean): Promise<readonly Destination[]>;
}

/** THE FLOW: an event becomes a card, and the card waits in every team's outbox. Throws when it could not be stored in one. */
export async function notify(event: AwsEvent, notifier: Notifier): Promise<void> {
  const { formatters, locale, clock, log, metrics } = notifier;
  metrics.count('EventsReceived');
  if (notifier.excluded.has(accountOf(event))) return leaveOut(event, notifier);
  const made = format(event, formatters, locale, log);
  if (!made) return log.info('event.silenced', { id: event.id, source: event.source });
  const entry = entryOf(event, made, notifier, clock.now());
  await store(await withSummary(event, entry, notifier), notifier);
}

function leaveOut(event: AwsEvent, { log, metrics }: Notifier): void {
  metrics.count('EventsExcluded');
  log.info('event.excluded', { id: event.id, source: event.source, account: accountOf(event) });
}

/** The entry, with a summary above its card where a model has one. */
async function withSummary(
  event: AwsEvent,
  entry: Entry,
  { summarize, locale, modelUntil = 0 }: Notifier,
): Promise<Entry> {
  const { key: id, card } = entry;
  const deadlines = deadlinesOf(event, locale);
  const summary = await summarize?.({ task: 'event', id, card, deadlines }, modelUntil);
  return summary ? { ...entry, card: { ...card, summary } } : entry;
}

/** Puts it into the outbox of every team that has not had it. */
export async function store(entry: Entry, { destinations, outbox, log, metrics }: Notifier): Promise<void> {
  const teams = await destinations();
  const outcomes = await Promise.allSettled(teams.map(({ id }) => outbox.put(id, entry)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const stored = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length;
  const had = outcomes.filter((outcome) => outcome.status === 'fulfilled' && !outcome.value).length;
  if (had) metrics.count('EventsDuplicate', had);
  const facts = { ...entry.event, key: entry.key, formatter: entry.by, stored };
  if (stored || had) log.info(stored ? 'event.stored' : 'event.repeated', facts);
  if (failed) throw failed.reason;
}
