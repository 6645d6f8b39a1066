import type { Payload } from '../channel';
import { at, type Json, textAt } from './json';

/** Which message of which card it is. */
export interface Mark {
  idempotencyKey: string;
  part: number;
}

/** The part that a message is which says the whole card in plain words. */
export const WHOLE = -1;

const EVENT = 'casebell';

/** Nobody sees it, but every app of the workspace can read it: "Message metadata" of docs.slack.dev. */
export function metadata({ idempotencyKey, part }: Mark): Payload {
  return { event_type: EVENT, event_payload: { idempotencyKey, part } };
}

/** The part of the card with this key that a message is; undefined where it is another one's. */
export function partOf(message: Json, idempotencyKey: string): number | undefined {
  const isOurs = textAt(message, 'metadata', 'event_type') === EVENT;
  const part = at(message, 'metadata', 'event_payload', 'part');
  const isIts = isOurs && textAt(message, 'metadata', 'event_payload', 'idempotencyKey') === idempotencyKey;
  return isIts && typeof part === 'number' ? part : undefined;
}
