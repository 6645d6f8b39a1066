import type { Link } from '../card';
import type { Conversation, CreatedThread, ThreadRequest } from '../chat-app';
import { DeliveryError } from '../errors';
import { isHttpUrl } from '../markdown';
import type { Api } from './api';
import { refused } from './api-call';
import { isId, listInside, textInside } from './inside';
import { keyOf } from './key';
import { send } from './send';
import { shortened } from './shortened';

/** Page "创建群": characters of the name and of the description, and people who can be invited at once. */
const NAME = 60;
const DESCRIPTION = 100;
const CROWD = 50;

/**
 * Opens a group of its own, pins the link as a tab, and says the card. Each step is done once, so that a second call with
 * the same key finishes what the first left undone; after ten hours Feishu has forgotten the key, and opens another group.
 * Where the tab may not be pinned, the card is said all the same. Throws DeliveryError.
 */
export async function openPlace(api: Api, place: ThreadRequest, idempotencyKey: string): Promise<CreatedThread> {
  const id = await openGroup(api, place, idempotencyKey);
  const conversation: Conversation = { id, kind: 'group' };
  try {
    await pin(api, id, place.link);
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.retryable) throw error;
  }
  const card = await send(api, place.card, conversation, idempotencyKey);
  return { ...conversation, ...(card && { card }) };
}

async function openGroup(api: Api, { name, members }: ThreadRequest, idempotencyKey: string): Promise<string> {
  const people = [...new Set(members)];
  const answer = await api({
    method: 'POST',
    path: 'im/v1/chats',
    query: { user_id_type: 'open_id', set_bot_manager: 'true', uuid: keyOf(idempotencyKey, 'group') },
    body: {
      name: shortened(name, NAME),
      description: shortened(name, DESCRIPTION),
      user_id_list: people.slice(0, CROWD),
    },
  });
  const id = textInside(answer, 'data', 'chat_id');
  if (!isId(id)) throw refused('it opened a group, but did not say which');
  for (let from = CROWD; from < people.length; from += CROWD) await invite(api, id, people.slice(from, from + CROWD));
  return id;
}

/** Those who are there already are welcome; page "将用户或机器人拉入群聊". */
async function invite(api: Api, chat: string, people: string[]): Promise<void> {
  const query = { member_id_type: 'open_id' };
  await api({ method: 'POST', path: `im/v1/chats/${chat}/members`, query, body: { id_list: people } });
}

/** Pages "拉取会话标签页" and "添加会话标签页", which knows no key: so the tabs are looked at first. */
async function pin(api: Api, chat: string, { label, url }: Link): Promise<void> {
  if (!isHttpUrl(url)) return;
  const path = `im/v1/chats/${chat}/chat_tabs`;
  const tabs = listInside(await api({ method: 'GET', path: `${path}/list_tabs` }), 'data', 'chat_tabs');
  if (tabs.some((tab) => textInside(tab, 'tab_content', 'url') === url)) return;
  const tab = { tab_name: shortened(label, NAME), tab_type: 'url', tab_content: { url } };
  await api({ method: 'POST', path, body: { chat_tabs: [tab] } });
}
