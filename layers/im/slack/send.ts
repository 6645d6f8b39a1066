import type { Card } from '../card';
import { plainTextMessage } from '../card-text';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { renderApp } from './controls';
import { partsSaid } from './look-back';
import { type Mark, metadata, WHOLE } from './marks';
import { slackWebhook } from './webhook';

/** The bot is not there, or cannot see the place; who asked can be answered all the same, for a while. */
const OUTSIDE = ['channel_not_found', 'not_in_channel', 'no_permission'];

/**
 * Says a card in a conversation. Slack knows no idempotency key: `once` is written on it, and `again` looks for it there first,
 * to say only what is missing. Where the bot is no member it can look at nothing, so there it may say a card twice.
 * Throws DeliveryError.
 * @param now ms since 1970
 */
export async function send(
  api: SlackApi,
  card: Card,
  to: Conversation,
  now: number,
  idempotencyKey?: string,
  isRetry = false,
): Promise<void> {
  const said = isRetry && idempotencyKey !== undefined ? await saidThere(api, to, now, idempotencyKey) : [];
  if (said.includes(WHOLE)) return;
  const mark = (part: number) => (idempotencyKey === undefined ? undefined : { idempotencyKey, part });
  try {
    for (const [part, message] of renderApp(card).entries()) {
      if (!said.includes(part)) await say(api, message, to, now, mark(part));
    }
  } catch (error) {
    if (!(error instanceof DeliveryError && error.payloadRejected)) throw error;
    await say(api, plainTextMessage(card, slackWebhook), to, now, mark(WHOLE));
  }
}

async function saidThere(api: SlackApi, to: Conversation, now: number, idempotencyKey: string): Promise<number[]> {
  try {
    return await partsSaid(api, to, now, idempotencyKey);
  } catch (error) {
    if (isOutside(error)) return [];
    throw error;
  }
}

function isOutside(error: unknown): boolean {
  return error instanceof DeliveryError && OUTSIDE.includes(error.code ?? '');
}

async function say(api: SlackApi, message: Payload, to: Conversation, now: number, mark?: Mark): Promise<void> {
  try {
    await post(api, message, to, mark);
  } catch (error) {
    const address = to.replyUrl && now < to.replyUrl.expiresAt ? to.replyUrl.url : undefined;
    if (!address || !isOutside(error)) throw error;
    const thread = to.thread && { thread_ts: to.thread };
    await api.answer(address, { ...message, ...thread, response_type: 'in_channel', replace_original: false });
  }
}

/** Posts one message: "chat.postMessage" of docs.slack.dev. Gives its time, which is its id. Throws DeliveryError. */
export async function post(
  api: SlackApi,
  message: Payload,
  { id, thread }: Conversation,
  mark?: Mark,
): Promise<unknown> {
  return api.write('chat.postMessage', {
    ...message,
    channel: id,
    unfurl_links: false,
    unfurl_media: false,
    ...(thread && { thread_ts: thread }),
    ...(mark && { metadata: metadata(mark) }),
  });
}
