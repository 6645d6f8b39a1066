import { at, everyObject, isObject, type Json, parseObject, textAt } from '../json';
import { plainView } from '../message-view';
import { createRateLimiter } from '../rate-limit';
import type { ApiRequest, ApiResponse, Conversation, Post } from '../workspace';
import { cardError, controlsError } from './card-rules';
import { controlsOf } from './controls';
import { invalidMessage, reject, success } from './errors';
import { BOT, type FeishuState, SECRETS, type StoredFile } from './state';
import { mentionsIn, view } from './webhook-view';

/** An idempotency key is known for an hour. */
const UUID_LIFETIME_MS = 3_600_000;
/** Per chat, and per updated message. */
const RATE_LIMIT = { count: 5, windowMs: 1000 };
const THROTTLED = reject(230020, 'This operation triggers the frequency limit.');

interface SentMessage {
  readonly at: number;
  readonly conversation: Conversation;
  readonly post: Post;
}

/** POST im/v1/messages. */
export function createMessages(state: FeishuState): (request: ApiRequest) => ApiResponse {
  const known = new Map<string, SentMessage>();
  const waitMs = createRateLimiter();

  function send(request: ApiRequest, conversation: Conversation, payload: Json): SentMessage | ApiResponse {
    const content = parseObject(Buffer.from(textAt(payload, 'content')));
    if (!content) return invalidMessage('content is not a string in json format');
    const rejection = contentRejection(request, textAt(payload, 'msg_type'), content, state);
    if (rejection) return rejection;
    const isThrottled = waitMs(conversation.id, state.now(), RATE_LIMIT) > 0;
    return isThrottled ? THROTTLED : post(state, conversation, payload, content);
  }

  return (request) => {
    const payload = request.payload ?? {};
    const uuid = textAt(payload, 'uuid');
    const conversation = conversationOf(request, payload, state);
    if ('status' in conversation) return conversation;
    if (uuid.length > 50) return invalidMessage('uuid is too long');
    const before = known.get(uuid);
    // The response for a known key is not documented: senders get the first message again.
    if (uuid && before && state.now() - before.at < UUID_LIFETIME_MS) return describe(before);
    const sent = send(request, conversation, payload);
    if ('status' in sent) return sent;
    if (uuid) known.set(uuid, sent);
    return describe(sent);
  };
}

function conversationOf(
  { url }: ApiRequest,
  payload: Json,
  { conversations, withBot }: FeishuState,
): Conversation | ApiResponse {
  if (url.searchParams.get('receive_id_type') !== 'chat_id') return invalidMessage('receive_id_type is required');
  const conversation = conversations.find(({ id }) => id === payload.receive_id);
  if (!conversation) return invalidMessage('invalid receive_id');
  return withBot.has(conversation.id) ? conversation : reject(230002, 'Bot/User can NOT be out of the chat.');
}

function post(state: FeishuState, conversation: Conversation, { msg_type }: Json, content: Json): SentMessage {
  const isCard = msg_type === 'interactive';
  const payload = { msg_type, ...(isCard ? { card: content } : { content }) };
  const file = fileOf(content, state);
  const id = state.newId('om_');
  file?.messages.add(id);
  const sent: Post = {
    at: state.now(),
    id,
    by: 'bot',
    view: file ? plainView(`[${file.name}]`) : view(payload),
    controls: isCard ? controlsOf(content) : [],
    payload,
    ...(file && { files: [{ name: file.name, bytes: file.bytes }] }),
  };
  state.addPost(conversation, sent);
  return { at: state.now(), conversation, post: sent };
}

function describe({ at, conversation, post }: SentMessage): ApiResponse {
  const sender = { id: SECRETS.appId, id_type: 'app_id', sender_type: 'app', tenant_key: SECRETS.tenantKey };
  const times = { create_time: String(at), update_time: String(at), deleted: false, updated: false };
  const msg_type = textAt(post.payload, 'msg_type');
  return success({ message_id: post.id, msg_type, ...times, chat_id: conversation.id, sender });
}

/** Page "发送消息"; it names no limit for messages with a key. */
const MAX_BYTES: Readonly<Record<string, number>> = {
  text: 150 * 1024,
  interactive: 30 * 1024,
  post: 30 * 1024,
  file: 30 * 1024,
  image: 30 * 1024,
};
/** The message type for an uploaded video or voice. */
const MEDIA_TYPES: Readonly<Record<string, string>> = { mp4: 'media', opus: 'audio' };

/** Undefined if a message with this content can be sent. */
function contentRejection(
  { body }: ApiRequest,
  type: string,
  content: Json,
  state: FeishuState,
): ApiResponse | undefined {
  const maxBytes = Object.hasOwn(MAX_BYTES, type) ? MAX_BYTES[type] : undefined;
  if (!maxBytes) return invalidMessage('unsupported msg_type');
  if (body.length > maxBytes) return reject(230025, 'The length of the message content reaches its limit.');
  if (type === 'text') return textAt(content, 'text') === '' ? invalidMessage('text is empty') : undefined;
  if (type === 'file' || type === 'image') return fileRejection(type, fileOf(content, state));
  const error = type === 'interactive' ? appCardError(content, state) : undefined;
  return error ? reject(230099, `Failed to create card content, ext=${error}`) : undefined;
}

function fileOf(content: Json, { files }: FeishuState): StoredFile | undefined {
  return files.get(textAt(content, 'file_key') || textAt(content, 'image_key'));
}

function fileRejection(type: string, file: StoredFile | undefined): ApiResponse | undefined {
  if (!file) return invalidMessage(`invalid ${type}_key`);
  if (!file.isFromBot) return reject(230017, 'Bot is NOT the owner of the resource.');
  const expected = MEDIA_TYPES[file.type ?? ''] ?? file.kind;
  return expected === type
    ? undefined
    : reject(230055, 'The type of file upload does not match the type of message being sent.');
}

function appCardError(card: Json, { users }: FeishuState): string | undefined {
  if (isObject(card.config) && card.config.update_multi === false) {
    return 'ErrCode: 200621; ErrMsg: update_multi must be true; ';
  }
  const markdown = everyObject(card).filter(({ tag }) => tag === 'markdown');
  const known = ['@all', `@${BOT.id}`, ...users.map(({ id }) => `@${id}`)];
  const unknown = markdown
    .flatMap((part) => mentionsIn(textAt(part, 'content'), 'id'))
    .find((mention) => !known.includes(mention));
  if (unknown) {
    return `ErrCode: 100290; ErrMsg: There is an invalid user resource(at/person) in your card; ErrorValue: ${unknown.slice(1)}; `;
  }
  return cardError(card) ?? controlsError(card);
}

/** Page "更新应用发送的消息卡片". */
const UPDATABLE_MS = 14 * 86_400_000;

/** PATCH im/v1/messages/:message_id: replaces a card of the bot. */
export function createUpdates(state: FeishuState): (request: ApiRequest, message: string) => ApiResponse {
  const waitMs = createRateLimiter();
  return (request, message) => {
    const found = state.findPost(message);
    if (!found) return invalidMessage('invalid message_id');
    const { conversation, post } = found;
    const postRejection = updateRejection(state, post);
    if (postRejection) return postRejection;
    const card = parseObject(Buffer.from(textAt(request.payload, 'content')));
    if (!card) return invalidMessage('content is not a string in json format');
    if (!isShared(card)) return invalidMessage('update_multi is not true');
    const rejection = contentRejection(request, 'interactive', card, state);
    if (rejection) return rejection;
    if (waitMs(message, state.now(), RATE_LIMIT) > 0) return THROTTLED;
    const payload = { msg_type: 'interactive', card };
    const updated: Post = { ...post, view: view(payload), controls: controlsOf(card), payload };
    conversation.posts.splice(conversation.posts.indexOf(post), 1, updated);
    state.onChange(conversation);
    return success();
  };
}

function updateRejection({ recalledMessages, now }: FeishuState, post: Post): ApiResponse | undefined {
  if (textAt(post.payload, 'msg_type') !== 'interactive') return invalidMessage('message is not a card of this app');
  if (recalledMessages.has(post.id)) return reject(230011, 'The message is recalled.');
  if (now() - post.at > UPDATABLE_MS) {
    return reject(230031, 'Message can only be modified within 14 days after sending.');
  }
  // The code for this is not documented.
  return isShared(at(post.payload, 'card')) ? undefined : invalidMessage('update_multi was not true');
}

function isShared(card: unknown): boolean {
  return at(card, 'config', 'update_multi') === true;
}
