import type { Card, Mention } from '../card';
import { plainTextMessage } from '../card-text';
import type { Payload } from '../channel';
import type { Conversation, CreatedThread, ThreadRequest } from '../chat-app';
import { DeliveryError } from '../errors';
import { type JsonRecord, objectsAt, textAt, valueAt } from '../json';
import type { SlackApi } from './api';
import { renderForBot } from './controls';
import { slackError } from './errors';
import { parseTimestamp } from './receive-message';
import { slackWebhook } from './webhook';

/** The bot is not there, or cannot see the place; the person who asked can be answered all the same, for a while. */
const NOT_A_MEMBER = ['channel_not_found', 'not_in_channel', 'no_permission'];
/** No call is repeated later than that. */
const HISTORY_SECONDS = 24 * 60 * 60;
const PAGE_SIZE = '100';
/** A channel with more messages within a day is searched this far. */
const MAX_PAGES = 5;
const EVENT_TYPE = 'casebell';
/** The part number of the whole card as plain text. */
const PLAIN_TEXT_PART = -1;

/** What a message says about itself in its metadata: "Message metadata" of docs.slack.dev. Only apps of the workspace see it. */
interface PartKey {
  idempotencyKey: string;
  part: number;
}

/** An API and the time of the call, in ms since 1970. */
export interface SendContext {
  api: SlackApi;
  now: number;
}

/**
 * Posts a card. Slack has no idempotency keys: the key is in the metadata of the messages, and a retry looks for it first and
 * posts only the missing parts. Where the bot is no member it sees no messages, so there a retry may repeat a card.
 * Throws DeliveryError.
 */
export async function send(
  context: SendContext,
  card: Card,
  to: Conversation,
  { idempotencyKey, isRetry = false }: { idempotencyKey?: string; isRetry?: boolean } = {},
): Promise<void> {
  const keyOf = (part: number) => (idempotencyKey === undefined ? undefined : { idempotencyKey, part });
  const sent = isRetry && idempotencyKey !== undefined ? await sentPartsIfMember(context, to, idempotencyKey) : [];
  if (sent.includes(PLAIN_TEXT_PART)) return;
  try {
    for (const [part, message] of renderForBot(card).entries()) {
      if (!sent.includes(part)) await postOrReply(context, message, to, keyOf(part));
    }
  } catch (error) {
    if (!isPayloadRejected(error)) throw error;
    await postOrReply(context, plainTextMessage(card, slackWebhook), to, keyOf(PLAIN_TEXT_PART));
  }
}

/**
 * Creates a thread below the card. It looks first whether an earlier call with this key did, and posts only what that call
 * did not. Members are mentioned, so that Slack has them follow the thread. Throws DeliveryError.
 */
export async function createThread(
  context: SendContext,
  request: ThreadRequest,
  { id, kind, userId }: Conversation,
  idempotencyKey: string,
): Promise<CreatedThread> {
  const channel: Conversation = { id, kind, ...(userId && { userId }) };
  const [first = {}, ...more] = renderForBot(withMembers(request), true);
  const found = await findRoot(context, channel, idempotencyKey);
  const thread = found ?? textAt(await postMessage(context, first, channel, { idempotencyKey, part: 0 }), 'ts');
  if (!parseTimestamp(thread)) {
    const facts = { retryable: true, outcomeUnknown: 'unclear' } as const;
    throw slackError('it did not say which message it posted', facts);
  }
  const conversation = { ...channel, thread };
  const sent = found && more.length ? await sentParts(context, conversation, idempotencyKey) : [];
  for (const [index, message] of more.entries()) {
    const part = index + 1;
    if (!sent.includes(part)) await postMessage(context, message, conversation, { idempotencyKey, part });
  }
  return { ...conversation, card: thread };
}

/**
 * Replaces the card in the message that a thread begins with: "chat.update" of docs.slack.dev. Its metadata stays, because Slack
 * keeps what is not given. Of a card that takes several messages only the first is shown: the others are in the thread from
 * before. Mentions notify no one again. Throws DeliveryError.
 */
export async function update(
  { api }: SendContext,
  ts: string,
  card: Card,
  { id: channel }: Conversation,
): Promise<void> {
  // What is no longer there must be given as empty.
  const show = (message: Payload) => api.post('chat.update', { blocks: [], attachments: [], ...message, channel, ts });
  const [first = {}] = renderForBot(card, true);
  try {
    await show(first);
  } catch (error) {
    if (!isPayloadRejected(error)) throw error;
    await show(plainTextMessage(card, slackWebhook));
  }
}

/** Posts one message: "chat.postMessage" of docs.slack.dev. */
function postMessage(
  { api }: SendContext,
  message: Payload,
  { id, thread }: Conversation,
  key?: PartKey,
): Promise<unknown> {
  return api.post('chat.postMessage', {
    ...message,
    channel: id,
    unfurl_links: false,
    unfurl_media: false,
    ...(thread && { thread_ts: thread }),
    ...(key && { metadata: { event_type: EVENT_TYPE, event_payload: key } }),
  });
}

async function postOrReply(context: SendContext, message: Payload, to: Conversation, key?: PartKey): Promise<void> {
  try {
    await postMessage(context, message, to, key);
  } catch (error) {
    const { replyUrl } = to;
    if (!replyUrl || context.now >= replyUrl.expiresAt || !isNotAMember(error)) throw error;
    const thread = to.thread && { thread_ts: to.thread };
    const options = { response_type: 'in_channel', replace_original: false };
    await context.api.reply(replyUrl.url, { ...message, ...thread, ...options });
  }
}

function isPayloadRejected(error: unknown): boolean {
  return error instanceof DeliveryError && error.payloadRejected === true;
}

function isNotAMember(error: unknown): boolean {
  return error instanceof DeliveryError && NOT_A_MEMBER.includes(error.code ?? '');
}

function withMembers({ card, members }: ThreadRequest): Card {
  const mentions: readonly Mention[] = card.mentions ?? [];
  const isMentioned = (id: string) => mentions.some((mention) => 'id' in mention && mention.id === id);
  const added = [...new Set(members)].filter((id) => !isMentioned(id)).map((id) => ({ id }));
  return { ...card, mentions: [...mentions, ...added] };
}

/** The timestamp of the message that an earlier call created the thread with. */
async function findRoot(context: SendContext, channel: Conversation, key: string): Promise<string | undefined> {
  for await (const message of recentMessages(context, channel)) {
    if (partOf(message, key) === 0) return textAt(message, 'ts');
  }
  return undefined;
}

async function sentPartsIfMember(context: SendContext, place: Conversation, key: string): Promise<number[]> {
  try {
    return await sentParts(context, place, key);
  } catch (error) {
    if (isNotAMember(error)) return [];
    throw error;
  }
}

/** Which parts of the card with this key are already there. */
async function sentParts(context: SendContext, place: Conversation, key: string): Promise<number[]> {
  const parts: number[] = [];
  for await (const message of recentMessages(context, place)) {
    const part = partOf(message, key);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** The part of the card with this key that a message is; undefined for other messages. */
function partOf(message: JsonRecord, key: string): number | undefined {
  if (textAt(message, 'metadata', 'event_type') !== EVENT_TYPE) return undefined;
  const payload = valueAt(message, 'metadata', 'event_payload');
  const part = valueAt(payload, 'part');
  return textAt(payload, 'idempotencyKey') === key && typeof part === 'number' ? part : undefined;
}

/**
 * The messages of the last day: of a channel the newest first and without its threads, of a thread the oldest first
 * ("conversations.history" and "conversations.replies" of docs.slack.dev). Throws DeliveryError.
 */
export async function* recentMessages(
  { api, now }: SendContext,
  { id, thread }: Conversation,
): AsyncGenerator<JsonRecord> {
  const oldest = (now / 1000 - HISTORY_SECONDS).toFixed(6);
  const query = { channel: id, ...(thread && { ts: thread }), oldest, limit: PAGE_SIZE, include_all_metadata: 'true' };
  const method = thread ? 'conversations.replies' : 'conversations.history';
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const body = await api.get(method, { ...query, ...(cursor && { cursor }) });
    yield* objectsAt(body, 'messages');
    cursor = textAt(body, 'response_metadata', 'next_cursor');
    if (!cursor || valueAt(body, 'has_more') !== true) break;
  }
}
