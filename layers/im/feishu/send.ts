import { createHash } from 'node:crypto';
import type { Card, Link } from '../card';
import type { Payload } from '../channel';
import type { Conversation, CreatedThread, ThreadRequest } from '../chat-app';
import { DeliveryError } from '../errors';
import { listAt, textAt } from '../json';
import { isHttpUrl } from '../markdown';
import { type Api, isId, permanentError } from './api';
import { renderBotMessages, renderPlainMessage, renderPlainUpdate, renderUpdate, truncateToLength } from './controls';

/** Characters of a `uuid`: pages "发送消息" and "创建群". */
const MAX_UUID_LENGTH = 50;
/** Page "创建群": characters of the name and of the description, and people per call. */
const MAX_NAME_LENGTH = 60;
const MAX_DESCRIPTION_LENGTH = 100;
const MAX_INVITED = 50;

/**
 * Sends a card to a chat (page "发送消息"), or its plain text where the card is rejected. The same key is shown once within an
 * hour; after that it would be shown again. Returns the id of the first message, where that is a card. Throws DeliveryError.
 */
export async function send(
  api: Api,
  card: Card,
  to: Conversation,
  idempotencyKey?: string,
): Promise<string | undefined> {
  const uuid = (part: string | number) =>
    idempotencyKey === undefined ? undefined : toUuid(idempotencyKey, to.id, part);
  const ids: (string | undefined)[] = [];
  try {
    for (const [part, message] of renderBotMessages(card, to.kind).entries())
      ids.push(await sendMessage(api, message, to, uuid(part)));
  } catch (error) {
    if (!isPayloadRejected(error)) throw error;
    await sendMessage(api, renderPlainMessage(card), to, uuid('plain'));
  }
  return ids[0];
}

/** Sends one message and returns its id. Throws DeliveryError. */
export async function sendMessage(
  api: Api,
  message: Payload,
  to: Conversation,
  uuid?: string,
): Promise<string | undefined> {
  const body = { receive_id: to.id, ...message, uuid };
  const query = { receive_id_type: 'chat_id' };
  const response = await api.call({ method: 'POST', path: 'im/v1/messages', query, body });
  const id = textAt(response, 'data', 'message_id');
  return isId(id) ? id : undefined;
}

/**
 * An idempotency key in the API's format. It contains the action and the place, because the API compares nothing else: one
 * card for two groups would be shown in one of them.
 */
export function toUuid(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, MAX_UUID_LENGTH);
}

/**
 * Replaces the card of a message (page "更新应用发送的消息卡片"), which is possible for 14 days and five times a second. A card is
 * cut to what one message holds, and becomes plain text where it is rejected. Throws DeliveryError.
 */
export async function update(api: Api, messageId: string, card: Card, at: Conversation): Promise<void> {
  if (!isId(messageId)) throw permanentError('this is no message');
  const path = `im/v1/messages/${messageId}`;
  try {
    await api.call({ method: 'PATCH', path, body: { content: renderUpdate(card, at.kind) } });
  } catch (error) {
    if (!isPayloadRejected(error)) throw error;
    await api.call({ method: 'PATCH', path, body: { content: renderPlainUpdate(card) } });
  }
}

function isPayloadRejected(error: unknown): boolean {
  return error instanceof DeliveryError && error.payloadRejected === true;
}

/**
 * Creates a group, pins the link as a tab, and sends the card. Each step is idempotent, so a second call with the same key
 * completes the first; after ten hours Feishu has forgotten the key, and creates another group. Where the tab may not be
 * pinned, the card is sent all the same. Throws DeliveryError.
 */
export async function createThread(api: Api, thread: ThreadRequest, idempotencyKey: string): Promise<CreatedThread> {
  const id = await createGroup(api, thread, idempotencyKey);
  const conversation: Conversation = { id, kind: 'group' };
  try {
    await pinLink(api, id, thread.link);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable) throw error;
  }
  const card = await send(api, thread.card, conversation, idempotencyKey);
  return { ...conversation, ...(card && { card }) };
}

async function createGroup(api: Api, { name, members }: ThreadRequest, idempotencyKey: string): Promise<string> {
  const people = [...new Set(members)];
  const query = { user_id_type: 'open_id', set_bot_manager: 'true', uuid: toUuid(idempotencyKey, 'group') };
  const body = {
    name: truncateToLength(name, MAX_NAME_LENGTH),
    description: truncateToLength(name, MAX_DESCRIPTION_LENGTH),
    user_id_list: people.slice(0, MAX_INVITED),
  };
  const id = textAt(await api.call({ method: 'POST', path: 'im/v1/chats', query, body }), 'data', 'chat_id');
  if (!isId(id)) throw permanentError('it created a group, but returned no id');
  for (let from = MAX_INVITED; from < people.length; from += MAX_INVITED)
    await invite(api, id, people.slice(from, from + MAX_INVITED));
  return id;
}

/** Inviting members again is no error; page "将用户或机器人拉入群聊". */
async function invite(api: Api, chat: string, people: string[]): Promise<void> {
  const query = { member_id_type: 'open_id' };
  await api.call({ method: 'POST', path: `im/v1/chats/${chat}/members`, query, body: { id_list: people } });
}

/** Pages "拉取会话标签页" and "添加会话标签页", which has no idempotency key: so the tabs are listed first. */
async function pinLink(api: Api, chat: string, { label, url }: Link): Promise<void> {
  if (!isHttpUrl(url)) return;
  const path = `im/v1/chats/${chat}/chat_tabs`;
  const tabs = listAt(await api.call({ method: 'GET', path: `${path}/list_tabs` }), 'data', 'chat_tabs');
  if (tabs.some((tab) => textAt(tab, 'tab_content', 'url') === url)) return;
  const tab = { tab_name: truncateToLength(label, MAX_NAME_LENGTH), tab_type: 'url', tab_content: { url } };
  await api.call({ method: 'POST', path, body: { chat_tabs: [tab] } });
}
