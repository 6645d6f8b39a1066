import type { AwsEvent, Locale } from '../../../plugins/formatter';
import type { Log } from '../../shared/log';
import { fingerprint } from '../ingest/json';
import { eventAccount } from '../ingest/unwrap';
import type { Entry } from '../outbox/outbox';
import { type CompiledFormatter, type FormattedEvent, formatEvent } from './formatters';
import { openCaseButton } from './open-case';

interface Deps {
  formatters: readonly CompiledFormatter[];
  locale: Locale;
  log: Log;
  /** The names that the case bot has for accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
}

/** An entry of the outbox: a card with its dedup key and its incident. */
export function createEntry(event: AwsEvent, { formatter, card }: FormattedEvent, deps: Deps, now: number): Entry {
  const { id, source, region, time } = event;
  const { key, incident } = dedupKey(event, deps);
  const openCase = openCaseButton(event, deps.locale, deps.accountNames);
  const about = { id, source, account: eventAccount(event), region, time };
  const entry = { key, enqueuedAt: now, formatter, card, event: about, ...(openCase && { openCase }) };
  return incident ? { ...entry, incident, contentHash: contentHash(event, deps) } : entry;
}

/**
 * The first matching formatter that returns keys decides, whichever made the card: a user's own Health formatter need not know of backup
 * Regions. Without one the key is a hash of the event's id and content: senders repeat ids.
 */
function dedupKey(event: AwsEvent, { formatters, log }: Deps): { key: string; incident?: string } {
  for (const formatter of formatters) {
    const keys = formatter.dedupKeys(event, log);
    if (!keys) continue;
    const scoped = (value: unknown): string => fingerprint([formatter.name, value]);
    return {
      key: keys.event === undefined ? fingerprint(event) : scoped(keys.event),
      ...(keys.incident !== undefined && { incident: scoped(keys.incident) }),
    };
  }
  return { key: fingerprint(event) };
}

/** Hash of the card with all times left out. */
function contentHash(event: AwsEvent, { formatters, locale, log }: Deps): string {
  const withoutTimes: Locale = { ...locale, time: () => '' };
  return fingerprint(formatEvent(event, formatters, withoutTimes, log)?.card);
}
