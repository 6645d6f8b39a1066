import type { Conversation } from '../chat-app';
import type { SlackApi } from './api';
import { at, type Json, objectsAt, textAt } from './json';
import { partOf } from './marks';

/** In seconds: nobody repeats a call later than that. */
const RECENT = 24 * 60 * 60;
const PAGE = '100';
/** A channel where more is said within a day is searched this far. */
const PAGES = 5;

/**
 * What was said in a conversation within the last day: in a channel the newest first and without its threads, in a thread the
 * oldest first ("conversations.history" and "conversations.replies" of docs.slack.dev). Throws DeliveryError.
 * @param now ms since 1970
 */
export async function* lately(api: SlackApi, { id, thread }: Conversation, now: number): AsyncGenerator<Json> {
  const oldest = (now / 1000 - RECENT).toFixed(6);
  const query = { channel: id, ...(thread && { ts: thread }), oldest, limit: PAGE, include_all_metadata: 'true' };
  const method = thread ? 'conversations.replies' : 'conversations.history';
  let cursor = '';
  for (let page = 0; page < PAGES; page++) {
    const body = await api.read(method, { ...query, ...(cursor && { cursor }) });
    yield* objectsAt(body, 'messages');
    cursor = textAt(body, 'response_metadata', 'next_cursor');
    if (!cursor || at(body, 'has_more') !== true) break;
  }
}

/** Which parts of the card with this key were said there already. Throws DeliveryError. */
export async function partsSaid(
  api: SlackApi,
  place: Conversation,
  now: number,
  idempotencyKey: string,
): Promise<number[]> {
  const parts: number[] = [];
  for await (const message of lately(api, place, now)) {
    const part = partOf(message, idempotencyKey);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}
