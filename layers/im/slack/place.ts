import type { Card, Mention } from '../card';
import type { Conversation, CreatedThread, ThreadRequest } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { renderApp } from './controls';
import { textAt } from './json';
import { lately, partsSaid } from './look-back';
import { partOf } from './marks';
import { PLATFORM, time } from './message';
import { post } from './send';

/**
 * Opens a thread below the card. It looks first whether an earlier call with this key did, and says what that one left unsaid.
 * Members are mentioned: that is how Slack has them follow a thread. Throws DeliveryError.
 * @param now ms since 1970
 */
export async function openPlace(
  api: SlackApi,
  place: ThreadRequest,
  from: Conversation,
  now: number,
  idempotencyKey: string,
): Promise<CreatedThread> {
  const { id, kind, userId } = from;
  const channel: Conversation = { id, kind, ...(userId && { userId }) };
  const [first, ...more] = renderApp(calling(place), true);
  const said = await find(api, channel, now, idempotencyKey);
  const thread = said ?? textAt(await post(api, first ?? {}, channel, { idempotencyKey, part: 0 }), 'ts');
  if (!time(thread)) throw new DeliveryError(PLATFORM, NAMELESS);
  const opened = { ...channel, thread };
  const known = said && more.length ? await partsSaid(api, opened, now, idempotencyKey) : [];
  for (const [at, message] of more.entries()) {
    if (!known.includes(at + 1)) await post(api, message, opened, { idempotencyKey, part: at + 1 });
  }
  return { ...opened, card: thread };
}

const NAMELESS = {
  reason: 'it did not say which message it posted',
  retryable: true,
  outcomeUnknown: 'unclear',
} as const;

function calling({ card, members }: ThreadRequest): Card {
  const called: readonly Mention[] = card.mentions ?? [];
  const isCalled = (id: string) => called.some((mention) => 'id' in mention && mention.id === id);
  const added = [...new Set(members)].filter((id) => !isCalled(id)).map((id) => ({ id }));
  return { ...card, mentions: [...called, ...added] };
}

/** The time of the message that an earlier call opened the place with. */
async function find(
  api: SlackApi,
  channel: Conversation,
  now: number,
  idempotencyKey: string,
): Promise<string | undefined> {
  for await (const message of lately(api, channel, now)) {
    if (partOf(message, idempotencyKey) === 0) return textAt(message, 'ts');
  }
  return undefined;
}
