import { isObject, type Json, textAt } from '../json';
import { messageError } from './block-kit';
import { postAsBot, type SlackContext, updateAsBot } from './event-sender';
import { APP, BOT, BOT_ID, directId, TEAM, USERS } from './organization';
import type { SlackMessage, SlackState } from './state';

/** Slack truncates a longer text: "chat.postMessage" of docs.slack.dev. */
const MAX_TEXT = 40_000;

export type Result = { ok: true; [name: string]: unknown } | { ok: false; error: string; [name: string]: unknown };

export function reject(error: string, more: Json = {}): Result {
  return { ok: false, error, ...more };
}

/** The channel of the arguments; the error code if the bot is not there. A user id means the user's direct chat. */
export function channelOf(args: Json, { conversations, withoutBot }: SlackState): { id: string } | { error: string } {
  const given = textAt(args, 'channel');
  const id = USERS.some((user) => user.id === given) ? directId(given) : given;
  const isKnown = conversations.some((each) => each.id === id && each.kind !== 'thread');
  if (!isKnown) return { error: 'channel_not_found' };
  return withoutBot.has(id) ? { error: 'not_in_channel' } : { id };
}

/** "chat.postMessage" of docs.slack.dev. */
export function postMessage(args: Json, context: SlackContext): Result {
  const { state } = context;
  const channel = channelOf(args, state);
  if ('error' in channel) return reject(channel.error);
  const error = messageError(args);
  if (error) return rejectMessage(error);
  const thread = textAt(args, 'thread_ts');
  const isThere = state.messages.some((message) => message.ts === thread && message.channel === channel.id);
  // The error code for an unknown thread is not documented; this is the nearest.
  if (thread && !isThere) return reject('cannot_reply_to_message');
  const { text, blocks, attachments, metadata } = args;
  const content = { text: typeof text === 'string' ? text.slice(0, MAX_TEXT) : '', blocks, attachments, metadata };
  const payload = withoutUndefined(content);
  const message = postAsBot(context, { channel: channel.id, payload, ...(thread && { thread }) });
  return { ok: true, channel: channel.id, ts: message.ts, message: describe(message, true) };
}

/** "chat.update" of docs.slack.dev. */
export function updateMessage(args: Json, context: SlackContext): Result {
  const { state } = context;
  const channel = channelOf(args, state);
  if ('error' in channel) return reject(channel.error);
  const ts = textAt(args, 'ts');
  const before = state.messages.find((message) => message.ts === ts && message.channel === channel.id);
  if (!before) return reject('message_not_found');
  if (before.by !== 'bot') return reject('cant_update_message');
  const error = messageError(args);
  if (error) return rejectMessage(error);
  const message = updateAsBot(context, { ...before, payload: updatedPayload(before.payload, args) });
  return { ok: true, channel: channel.id, ts, text: message.payload.text ?? '', message: describe(message, true) };
}

function rejectMessage(error: string): Result {
  return reject(error, { response_metadata: { messages: [`[ERROR] ${error}`] } });
}

/** Absent arguments keep their values; only blocks are removed by a text without them. */
function updatedPayload(before: Json, { text, blocks, attachments, metadata }: Json): Json {
  const given = { text, blocks: blocks ?? (text === undefined ? undefined : []), attachments, metadata };
  return { ...before, ...withoutUndefined(given) };
}

function withoutUndefined(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Newest first, without replies in threads. */
export function history(args: Json, { state }: SlackContext): Result {
  const channel = channelOf(args, state);
  if ('error' in channel) return reject(channel.error);
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 999) return reject('invalid_limit');
  const oldest = Number(args.oldest ?? 0);
  const messages = state.messages
    .filter((message) => message.channel === channel.id && !message.thread && Number(message.ts) > oldest)
    .reverse();
  return { ok: true, ...pageOf(messages, limit, args) };
}

/** The first message of a thread and its replies, oldest first. */
export function replies(args: Json, { state }: SlackContext): Result {
  const channel = channelOf(args, state);
  if ('error' in channel) return reject(channel.error);
  const root = textAt(args, 'ts');
  const messages = state.messages.filter(({ ts, thread }) => ts === root || thread === root);
  if (!messages.length) return reject('thread_not_found');
  return { ok: true, ...pageOf(messages, Number(args.limit ?? 1000), args) };
}

/** Real cursors are opaque; these are numbers. */
function pageOf(messages: SlackMessage[], limit: number, args: Json): Json {
  const start = Number(args.cursor ?? 0);
  const end = start + limit;
  const hasMore = end < messages.length;
  const withMetadata = String(args.include_all_metadata) === 'true';
  return {
    messages: messages.slice(start, end).map((message) => describe(message, withMetadata)),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: String(end) } }),
  };
}

/** A message as in API responses; without `withMetadata` only the type of its metadata. */
function describe({ ts, thread, by, payload }: SlackMessage, withMetadata: boolean): Json {
  const author = by === 'bot' ? { user: BOT, bot_id: BOT_ID, app_id: APP, team: TEAM } : { user: by };
  const { metadata, ...rest } = payload;
  const shown = isObject(metadata) && { metadata: withMetadata ? metadata : { event_type: metadata.event_type } };
  return { type: 'message', ts, ...author, ...rest, ...(thread && { thread_ts: thread }), ...shown };
}
