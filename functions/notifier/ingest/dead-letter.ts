import { parseCard } from '@casebell/im/webhooks';
import type { Entry } from '../outbox/outbox';
import { asObject, isObject, type JsonObject, textAt } from './json';

/** An entry that a platform has rejected for good, and the reason. */
export interface DeadLetter {
  destination: string;
  platform: string;
  /** In plain words, without url, token or secret. */
  reason: string;
  entry: Entry;
}

const DEAD_LETTER = { source: 'casebell', 'detail-type': 'Dead Letter' } as const;

/** SQS rejects characters that XML 1.0 does not allow (SendMessage, API Reference); JSON escapes the others of them itself. */
const REJECTED_CHARACTERS = /[\uFFFE\uFFFF]/g;

/** A dead letter as the body of a queue's message. */
export const serializeDeadLetter = (deadLetter: DeadLetter): string =>
  JSON.stringify({ ...DEAD_LETTER, detail: deadLetter }).replace(
    REJECTED_CHARACTERS,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );

/**
 * The entry in a dead letter that was redriven into the event queue; undefined for any other body. Only the queue itself can hold a dead
 * letter: what comes over the topic is in an envelope, so a publisher cannot forge one.
 */
export function parseDeadLetter(body: unknown): Entry | undefined {
  if (typeof body !== 'string' || !body.startsWith(PREFIX)) return undefined;
  const entry = asObject(asObject(parse(body)?.detail).entry);
  const event = asObject(entry.event);
  if (!textAt(entry, 'key') || !isObject(entry.card)) return undefined;
  return {
    key: textAt(entry, 'key'),
    enqueuedAt: Number(entry.enqueuedAt),
    formatter: textAt(entry, 'formatter'),
    card: parseCard(entry.card),
    event: {
      id: textAt(event, 'id'),
      source: textAt(event, 'source'),
      account: textAt(event, 'account'),
      region: textAt(event, 'region'),
      time: textAt(event, 'time'),
    },
    ...(textAt(entry, 'incident') && {
      incident: textAt(entry, 'incident'),
      contentHash: textAt(entry, 'contentHash'),
    }),
  };
}

const PREFIX = JSON.stringify(DEAD_LETTER).slice(0, -1);

function parse(body: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(body));
  } catch {
    return undefined;
  }
}
