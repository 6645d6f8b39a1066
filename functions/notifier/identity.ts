import type { AwsEvent, Locale } from '../../plugins/formatter';
import type { Log } from '../shared/log';
import { accountOf } from './accounts';
import { type Chosen, type Formatted, format } from './formatters';
import { openCaseButton } from './open-case';
import type { Entry } from './outbox';
import { fingerprint } from './shapes/shape';

/** An entry of the outbox: a card, and what tells it from others and ties it to others. */
export function entryOf(event: AwsEvent, { by, card }: Formatted, tools: Tools, now: number): Entry {
  const { id, source, region, time } = event;
  const { key, incident } = identify(event, tools);
  const openCase = openCaseButton(event, tools.locale, tools.accountNames);
  const about = { id, source, account: accountOf(event), region, time };
  const entry = { key, since: now, by, card, event: about, ...(openCase && { openCase }) };
  return incident ? { ...entry, incident, print: printOf(event, tools) } : entry;
}

interface Tools {
  formatters: readonly Chosen[];
  locale: Locale;
  log: Log;
  /** What the case bot calls accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
}

/**
 * The first matching formatter that knows what makes two of its events the same is believed, whoever made the card: a user's
 * own Health formatter need not know of backup Regions. Where none does, it is the event's id, and its content: senders
 * repeat ids.
 */
function identify(event: AwsEvent, { formatters, log }: Tools): { key: string; incident?: string } {
  for (const formatter of formatters) {
    const identity = formatter.dedupKeys(event, log);
    if (!identity) continue;
    const named = (value: unknown): string => fingerprint([formatter.name, value]);
    return {
      key: identity.event === undefined ? fingerprint(event) : named(identity.event),
      ...(identity.incident !== undefined && { incident: named(identity.incident) }),
    };
  }
  return { key: fingerprint(event) };
}

/** The card as it would be if all clocks stood still. */
function printOf(event: AwsEvent, { formatters, locale, log }: Tools): string {
  const timeless: Locale = { ...locale, time: () => '' };
  return fingerprint(format(event, formatters, timeless, log)?.card);
}
