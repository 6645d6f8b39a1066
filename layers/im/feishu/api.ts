import { createWithToken, type WithToken } from '../access-token';
import { apiRequest } from '../api-client';
import type { Expiring } from '../cached';
import type { Runtime } from '../channel';
import type { Secrets, User } from '../chat-app';
import { DeliveryError } from '../errors';
import { listAt, textAt, valueAt } from '../json';
import { isStaleToken, parseApiResponse } from './errors';

export const API_HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

/** The secrets without which no callback is accepted. */
export const REQUIRED_SECRETS = ['appId', 'appSecret', 'verificationToken'];

/** One call of the open platform's API. */
export interface ApiCall {
  method: 'GET' | 'POST' | 'PATCH';
  /** Behind `/open-apis/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
}

/** The open platform of Feishu or Lark, called as one app. Everything throws DeliveryError. */
export interface Api {
  readonly secrets: Secrets;
  readonly runtime: Runtime;
  /** Makes a call as the bot and returns the response body. */
  call(call: ApiCall): Promise<unknown>;
  withToken: WithToken;
}

/** Creates the API; its token is fetched when it is first needed. */
export function createApi(secrets: Secrets, runtime: Runtime): Api {
  const fetch = () => fetchToken(secrets, runtime);
  const withToken = createWithToken({ fetch, isStale: isStaleToken, now: runtime.now });
  return { secrets, runtime, withToken, call: (call) => withToken((token) => callApi(call, secrets, runtime, token)) };
}

async function callApi(call: ApiCall, secrets: Secrets, runtime: Runtime, token = ''): Promise<unknown> {
  const { method, body } = call;
  const request = {
    method,
    url: apiUrl(call, secrets),
    ...(token && { headers: { Authorization: `Bearer ${token}` } }),
    ...(body && { body: JSON.stringify(body) }),
  };
  const client = {
    platform: 'feishu',
    runtime,
    parseResponse: parseApiResponse,
    secrets: secretValues(secrets, token),
  };
  return (await apiRequest(request, client)).body;
}

/** The url of a call, on the host of Feishu, or of Lark where `domain` is `lark`. */
export function apiUrl({ path, query }: Pick<ApiCall, 'path' | 'query'>, { domain }: Secrets): URL {
  const url = new URL(`https://${domain === 'lark' ? API_HOSTS[1] : API_HOSTS[0]}/open-apis/${path}`);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** What no error may repeat. */
export function secretValues({ appSecret, verificationToken, encryptKey }: Secrets, token: string): string[] {
  return [token, appSecret, verificationToken, encryptKey].flatMap((secret) => secret || []);
}

/** An error that will not go away, for what no response says. */
export function permanentError(reason: string): DeliveryError {
  return new DeliveryError('feishu', { reason, retryable: false });
}

/** Ids of people, chats and messages; they become part of paths, so they have no other characters. */
export function isId(text: string): boolean {
  return /^[\w-]{1,128}$/.test(text);
}

/** The app's token in its tenant; `expire` is its remaining time in seconds: page "自建应用获取 tenant_access_token". */
async function fetchToken(secrets: Secrets, runtime: Runtime): Promise<Expiring<string>> {
  const { appId, appSecret } = secrets;
  if (!appId || !appSecret) throw permanentError('the secret of this bot has no appId or no appSecret; enter both');
  const body = { app_id: appId, app_secret: appSecret };
  const path = 'auth/v3/tenant_access_token/internal';
  const response = await callApi({ method: 'POST', path, body }, secrets, runtime);
  const value = textAt(response, 'tenant_access_token');
  const expiresInSeconds = Number(valueAt(response, 'expire'));
  if (!value || !(expiresInSeconds > 0)) throw permanentError('it returned no token for this appId');
  return { value, expiresInSeconds };
}

/** The user with this e-mail address or mobile number (`+` and country code where not Chinese): page "通过手机号或邮箱获取用户 ID". */
export async function findUser(api: Api, handle: { email: string } | { mobile: string }): Promise<User | undefined> {
  const body = 'email' in handle ? { emails: [handle.email] } : { mobiles: [handle.mobile] };
  const path = 'contact/v3/users/batch_get_id';
  const response = await api.call({ method: 'POST', path, query: { user_id_type: 'open_id' }, body });
  // A person who is not found is in the list too, without a user_id.
  const ids = listAt(response, 'data', 'user_list').map((user) => textAt(user, 'user_id'));
  const id = ids.find(isId);
  return id ? { id } : undefined;
}

/** A user's name: page "获取单个用户信息", which takes the permission contact:user.base:readonly. */
export async function getUserName(api: Api, id: string): Promise<string | undefined> {
  if (!isId(id)) return undefined;
  const path = `contact/v3/users/${encodeURIComponent(id)}`;
  const response = await api.call({ method: 'GET', path, query: { user_id_type: 'open_id' } });
  return textAt(response, 'data', 'user', 'name') || undefined;
}

const ACTIVE = 2;

/** `activate_status` of page "获取机器人信息". */
const INACTIVE: Readonly<Record<number, string>> = {
  0: 'is not installed; let an administrator install it',
  1: 'is switched off; let an administrator enable it',
  3: 'is installed, but not enabled; let an administrator enable it',
  4: 'has a new version that an administrator has to approve',
  5: 'has a licence that ended',
  6: 'is switched off because the plan of this organisation ended',
};
const NO_BOT = 'has no bot; add the bot ability in the developer console and release a version';

/** Resolves when Feishu accepts the app's secret and the bot is active. */
export async function healthCheck(api: Api): Promise<void> {
  const status = valueAt(await api.call({ method: 'GET', path: 'bot/v3/info' }), 'bot', 'activate_status');
  if (status !== ACTIVE) throw permanentError(`the app ${INACTIVE[Number(status)] ?? NO_BOT}`);
}
