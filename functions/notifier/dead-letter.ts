import { parseCard } from '@casebell/im/webhooks';
import type { Entry } from './outbox';
import { isLoose, type Loose, loose, textOf } from './shapes/shape';

/** What a platform has refused for good: the entry as its team would have been told it, and why not. */
export interface DeadLetter {
  destination: string;
  platform: string;
  /** In plain words, without url, token or secret. */
  reason: string;
  entry: Entry;
}

const LETTER = { source: 'casebell', 'detail-type': 'Dead Letter' } as const;

/** SQS refuses what XML 1.0 has no place for ("SendMessage" of its API Reference); the rest of that JSON escapes by itself. */
const UNSENDABLE = /[\uFFFE\uFFFF]/g;

/** A dead letter as the body of a queue's message. */
export const written = (letter: DeadLetter): string =>
  JSON.stringify({ ...LETTER, detail: letter }).replace(UNSENDABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);

/**
 * The entry in a dead letter that somebody has put back into the event queue; undefined for anything else. Only the queue itself
 * can hold one: what comes over the topic is wrapped, so nobody who may publish there can forge one.
 */
export function entryInLetter(body: unknown): Entry | undefined {
  if (typeof body !== 'string' || !body.startsWith(BEGINNING)) return undefined;
  const entry = loose(loose(parsed(body)?.detail).entry);
  const event = loose(entry.event);
  if (!textOf(entry, 'key') || !isLoose(entry.card)) return undefined;
  return {
    key: textOf(entry, 'key'),
    since: Number(entry.since),
    by: textOf(entry, 'by'),
    card: parseCard(entry.card),
    event: {
      id: textOf(event, 'id'),
      source: textOf(event, 'source'),
      account: textOf(event, 'account'),
      region: textOf(event, 'region'),
      time: textOf(event, 'time'),
    },
    ...(textOf(entry, 'incident') && { incident: textOf(entry, 'incident'), print: textOf(entry, 'print') }),
  };
}

const BEGINNING = JSON.stringify(LETTER).slice(0, -1);

function parsed(body: string): Loose | undefined {
  try {
    return loose(JSON.parse(body));
  } catch {
    return undefined;
  }
}
