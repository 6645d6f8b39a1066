import { parseCard } from '@casebell/im/webhooks';
import type { DeadLetter, Entry } from '../outbox/outbox';
import { asObject, fieldText, isObject, type JsonObject } from './json';

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
  if (!fieldText(entry, 'key') || !isObject(entry.card)) return undefined;
  return {
    key: fieldText(entry, 'key'),
    enqueuedAt: Number(entry.enqueuedAt),
    formatter: fieldText(entry, 'formatter'),
    card: parseCard(entry.card),
    event: {
      id: fieldText(event, 'id'),
      source: fieldText(event, 'source'),
      account: fieldText(event, 'account'),
      region: fieldText(event, 'region'),
      time: fieldText(event, 'time'),
    },
    ...(fieldText(entry, 'incident') && {
      incident: fieldText(entry, 'incident'),
      contentHash: fieldText(entry, 'contentHash'),
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
