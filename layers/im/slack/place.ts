import type { Card, Mention } from '../card';
import type { Conversation, Place } from '../chat-app';
import { DeliveryError } from '../delivery';
import type { SlackApi } from './api';
import { renderApp } from './controls';
import { at, type Json, objectsAt, textAt } from './json';
import { partOf } from './marks';
import { PLATFORM, time } from './message';
import { post } from './send';

/** In seconds: nobody repeats a call later than that. */
const RECENT = 24 * 60 * 60;
const PAGE = '100';
/** A channel where more is said within a day is searched this far. */
const PAGES = 5;

/**
 * Opens a thread below the card. It looks first whether an earlier call with this key did, and says what that one left unsaid.
 * Members are mentioned: that is how Slack has them follow a thread. Throws DeliveryError.
 * @param now ms since 1970
 */
export async function openPlace(
  api: SlackApi,
  place: Place,
  from: Conversation,
  now: number,
  once: string,
): Promise<Conversation> {
  const { id, kind, person } = from;
  const channel: Conversation = { id, kind, ...(person && { person }) };
  const [first, ...more] = renderApp(calling(place), true);
  const said = await find(api, channel, now, once);
  const thread = said ?? textAt(await post(api, first ?? {}, channel, { once, part: 0 }), 'ts');
  if (!time(thread)) throw new DeliveryError(PLATFORM, NAMELESS);
  const opened = { ...channel, thread };
  const known = said && more.length ? await partsIn(api, opened, once) : [];
  for (const [at, message] of more.entries()) {
    if (!known.includes(at + 1)) await post(api, message, opened, { once, part: at + 1 });
  }
  return opened;
}

const NAMELESS = { reason: 'it did not say which message it posted', retryable: true, uncertain: 'unclear' } as const;

function calling({ card, members }: Place): Card {
  const called: readonly Mention[] = card.mentions ?? [];
  const isCalled = (id: string) => called.some((mention) => 'id' in mention && mention.id === id);
  const added = [...new Set(members)].filter((id) => !isCalled(id)).map((id) => ({ id }));
  return { ...card, mentions: [...called, ...added] };
}

/** The time of the message that an earlier call opened the place with. */
async function find(api: SlackApi, { id }: Conversation, now: number, once: string): Promise<string | undefined> {
  const oldest = (now / 1000 - RECENT).toFixed(6);
  const query = { channel: id, oldest, limit: PAGE, include_all_metadata: 'true' };
  let cursor = '';
  for (let page = 0; page < PAGES; page++) {
    const body = await api.read('conversations.history', { ...query, ...(cursor && { cursor }) });
    const root = objectsAt(body, 'messages').find((message) => partOf(message, once) === 0);
    if (root) return textAt(root, 'ts');
    cursor = textAt(body, 'response_metadata', 'next_cursor');
    if (!cursor || at(body, 'has_more') !== true) break;
  }
  return undefined;
}

async function partsIn(
  api: SlackApi,
  { id, thread = '' }: Conversation,
  once: string,
): Promise<(number | undefined)[]> {
  const query = { channel: id, ts: thread, limit: PAGE, include_all_metadata: 'true' };
  const body = await api.read('conversations.replies', query);
  return objectsAt(body, 'messages').map((message: Json) => partOf(message, once));
}
