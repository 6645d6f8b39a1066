import { objectsAt, stringsAt, textAt } from '../json';
import type { ApiRequest, ApiResponse, Conversation } from '../workspace';
import { reject, success } from './errors';
import { createConversation, type FeishuState, SECRETS } from './state';

/** An idempotency key is known for ten hours. */
const UUID_LIFETIME_MS = 36_000_000;
const MAX_UUID = 50;
const MAX_USERS = 50;
const MAX_TABS = 20;
/** Of a name of a chat (recommended by its page, enforced here) or a tab. */
const MAX_NAME = 60;
const MAX_DESCRIPTION = 100;
/** The same code is on the pages of all chat APIs. */
const INVALID = reject(232001, 'Your request contains an invalid request parameter.');
const UNKNOWN_USERS = reject(232043, 'Your request contains unavailable ids.');
const EXTERNAL_USERS = reject(
  232033,
  'The operator or invited bots does NOT have the authority to manage external chats without the scope.',
);

/** POST im/v1/chats: page "创建群". */
export function createChats(state: FeishuState): (request: ApiRequest) => ApiResponse {
  const known = new Map<string, { at: number; chat: Conversation }>();
  function create({ payload }: ApiRequest): Conversation {
    const ids = stringsAt(payload, 'user_id_list');
    const users = state.users.filter(({ id }) => ids.includes(id));
    const chat = createConversation(state.newId('oc_'), 'group', textAt(payload, 'name') || '(无主题)', users);
    state.conversations.push(chat);
    state.withBot.add(chat.id);
    state.onChange(chat);
    return chat;
  }
  return (request) => {
    const uuid = request.url.searchParams.get('uuid') ?? '';
    const before = known.get(uuid);
    if (uuid && before && state.now() - before.at < UUID_LIFETIME_MS) return describe(before.chat);
    const rejection = chatRejection(request, uuid) ?? usersRejection(state, stringsAt(request.payload, 'user_id_list'));
    if (rejection) return rejection;
    const chat = create(request);
    known.set(uuid, { at: state.now(), chat });
    return describe(chat);
  };
}

function chatRejection({ url, payload }: ApiRequest, uuid: string): ApiResponse | undefined {
  if (uuid.length > MAX_UUID || url.searchParams.get('user_id_type') !== 'open_id') return INVALID;
  const [name, description] = [textAt(payload, 'name'), textAt(payload, 'description')];
  return name.length > MAX_NAME || description.length > MAX_DESCRIPTION ? INVALID : undefined;
}

function usersRejection({ users }: FeishuState, ids: readonly string[]): ApiResponse | undefined {
  if (ids.length > MAX_USERS) return INVALID;
  const found = ids.map((id) => users.find((user) => user.id === id));
  if (found.includes(undefined)) return UNKNOWN_USERS;
  return found.some((user) => user?.external) ? EXTERNAL_USERS : undefined;
}

function describe({ id, name }: Conversation): ApiResponse {
  const kind = { chat_mode: 'group', chat_type: 'private', chat_tag: 'inner', external: false };
  return success({ chat_id: id, name, ...kind, tenant_key: SECRETS.tenantKey });
}

/** The chat, if the bot is in it. */
function chatOf({ conversations, withBot }: FeishuState, id: string): Conversation | ApiResponse {
  const chat = conversations.find((each) => each.id === id);
  if (!chat) return reject(232006, 'Your request specifies a chat_id which is invalid.');
  return withBot.has(id) ? chat : reject(232011, 'Operator can NOT be out of the chat.');
}

/** POST im/v1/chats/:chat_id/members: page "将用户或机器人拉入群聊". */
export function inviteUsers(state: FeishuState, id: string, { payload }: ApiRequest): ApiResponse {
  const chat = chatOf(state, id);
  if ('status' in chat) return chat;
  const ids = stringsAt(payload, 'id_list');
  const rejection = usersRejection(state, ids);
  if (rejection) return rejection;
  chat.members.push(...ids.filter((each) => !chat.members.includes(each)));
  state.onChange(chat);
  return success({ invalid_id_list: [], not_existed_id_list: [], pending_approval_id_list: [] });
}

/** GET im/v1/chats/:chat_id/chat_tabs/list_tabs: the first tab is the chat itself. */
export function listTabs(state: FeishuState, id: string): ApiResponse {
  const chat = chatOf(state, id);
  if ('status' in chat) return chat;
  const own = chat.tabs.map(({ label, url }, at) => {
    return { tab_id: `710121460362294${1000 + at}`, tab_name: label, tab_type: 'url', tab_content: { url } };
  });
  return success({ chat_tabs: [{ tab_id: '7101214603622940000', tab_type: 'message' }, ...own] });
}

/** POST im/v1/chats/:chat_id/chat_tabs: page "添加会话标签页". */
export function addTabs(state: FeishuState, id: string, { payload }: ApiRequest): ApiResponse {
  const chat = chatOf(state, id);
  if ('status' in chat) return chat;
  const tabs = objectsAt(payload, 'chat_tabs').map((tab) => ({
    type: textAt(tab, 'tab_type'),
    label: textAt(tab, 'tab_name'),
    url: textAt(tab, 'tab_content', 'url'),
  }));
  if (tabs.length === 0 || tabs.some(({ type }) => type !== 'url')) return INVALID;
  if (chat.tabs.length + tabs.length > MAX_TABS) {
    return reject(232046, 'The number of chat tabs has reached the limit.');
  }
  if (tabs.some(({ label }) => label.length > MAX_NAME)) {
    return reject(232047, 'The length of the tab name reaches the limit.');
  }
  if (!tabs.every(({ url }) => /^https?:\/\//.test(url))) return reject(232048, 'The chat tab content is illegal.');
  chat.tabs.push(...tabs.map(({ label, url }) => ({ label, url })));
  state.onChange(chat);
  return listTabs(state, id);
}
