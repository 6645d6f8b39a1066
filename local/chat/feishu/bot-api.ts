import { stringsAt } from '../json';
import { createRateLimiter } from '../rate-limit';
import type { ApiRequest, ApiResponse } from '../workspace';
import { addTabs, createChats, inviteUsers, listTabs } from './api-chats';
import { downloadResource, uploadFile, uploadImage } from './api-files';
import { createMessages, createUpdates } from './api-messages';
import { reject, rejectThrottled, success } from './errors';
import { BOT, type FeishuState } from './state';
import { createTokens } from './tokens';

const TOKEN = 'POST auth/v3/tenant_access_token/internal';
/** Page "频控策略": every API that the bot uses has the level of 1,000 a minute and 50 a second. */
const RATE_LIMITS = [
  { count: 1000, windowMs: 60_000 },
  { count: 50, windowMs: 1000 },
];

type Respond = (request: ApiRequest, id: string, key: string) => ApiResponse | Promise<ApiResponse>;

/** The API of the open platform, as far as the bot uses it. `:id` stands for any id: all ids share a rate limit. */
export function createBotApi(state: FeishuState): (request: ApiRequest) => ApiResponse | Promise<ApiResponse> {
  const tokens = createTokens(state);
  const waitMs = createRateLimiter();
  const sendMessage = createMessages(state);
  const createChat = createChats(state);
  const updateMessage = createUpdates(state);
  const routes: Readonly<Record<string, Respond>> = {
    'GET bot/v3/info': botInfo,
    'POST contact/v3/users/batch_get_id': (request) => findUsers(state, request),
    'GET contact/v3/users/:id': (_request, id) => describeUser(state, id),
    'POST im/v1/messages': sendMessage,
    'PATCH im/v1/messages/:id': updateMessage,
    'GET im/v1/messages/:id/resources/:id': (request, id, key) => downloadResource(state, request, id, key),
    'POST im/v1/files': (request) => uploadFile(state, request),
    'POST im/v1/images': (request) => uploadImage(state, request),
    'POST im/v1/chats': createChat,
    'POST im/v1/chats/:id/members': (request, id) => inviteUsers(state, id, request),
    'GET im/v1/chats/:id/chat_tabs/list_tabs': (_request, id) => listTabs(state, id),
    'POST im/v1/chats/:id/chat_tabs': (request, id) => addTabs(state, id, request),
  };
  const patterns = Object.keys(routes).map((name) => ({ name, pattern: patternOf(name) }));

  function route(called: string, request: ApiRequest): ApiResponse | Promise<ApiResponse> {
    const { name = '', pattern } = patterns.find((each) => each.pattern.test(called)) ?? {};
    const wait = waitMs(name || called, state.now(), ...RATE_LIMITS);
    if (wait > 0) return rejectThrottled(wait / 1000);
    const [, id = '', key = ''] = pattern?.exec(called) ?? [];
    return routes[name]?.(request, id, key) ?? reject(404, 'page not found', 404);
  }

  return (request) => {
    const called = `${request.method} ${request.url.pathname.replace('/open-apis/', '')}`;
    if (request.method !== 'GET' && !request.payload && !isForm(request)) return reject(9499, 'Bad Request');
    if (called === TOKEN) return tokens.issue(request);
    return tokens.rejectionOf(request) ?? route(called, request);
  };
}

function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(':id', '([^/]+)')}$`);
}

function isForm({ headers }: ApiRequest): boolean {
  return headers['content-type']?.startsWith('multipart/form-data') === true;
}

function botInfo(): ApiResponse {
  const bot = { activate_status: 2, app_name: BOT.name, avatar_url: '', ip_white_list: [], open_id: BOT.id };
  return { status: 200, body: { code: 0, msg: 'ok', bot } };
}

/** Page "通过手机号或邮箱获取用户 ID": an unknown user, or one of another organization, has no id in the response. */
function findUsers({ users }: FeishuState, { payload }: ApiRequest): ApiResponse {
  const own = users.filter(({ external }) => !external);
  const emails = stringsAt(payload, 'emails').map((email) => {
    return { email, user_id: own.find((user) => user.email === email)?.id };
  });
  const mobiles = stringsAt(payload, 'mobiles').map((mobile) => {
    return { mobile, user_id: own.find((user) => user.mobile === mobile.replace(/^\+86/, ''))?.id };
  });
  return success({ user_list: [...emails, ...mobiles] });
}

/** Page "获取单个用户信息"; 41050 is for users that the app may not see. */
function describeUser({ users }: FeishuState, id: string): ApiResponse {
  const user = users.find((each) => each.id === id && !each.external);
  return user ? success({ user: { open_id: id, name: user.name } }) : reject(41050, 'no user authority error');
}
