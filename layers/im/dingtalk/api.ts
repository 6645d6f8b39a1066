import { createWithToken, type WithToken } from '../access-token';
import { apiRequest } from '../api-client';
import type { Expiring } from '../cached';
import type { HttpResponse, Payload, Rejection, Runtime } from '../channel';
import type { Secrets, User } from '../chat-app';
import { DeliveryError, type ErrorTable } from '../errors';
import { textAt, valueAt } from '../json';
import { isStaleToken, legacyCode, parseApiResponse, parseLegacyResponse } from './errors';
import { WEBHOOK_HOSTS } from './webhook';

export const API_HOSTS = ['api.dingtalk.com', ...WEBHOOK_HOSTS];

/** The secrets without which no callback is accepted. */
export const REQUIRED_SECRETS = ['appKey', 'appSecret', 'corpId'] as const;

/** An enterprise-internal robot, by the names of the developer console. What is not configured is empty. */
export interface Robot {
  /** Client ID. */
  appKey: string;
  /** Client Secret: it signs callbacks, and grants the token for calls. */
  appSecret: string;
  /** The organisation that it belongs to. */
  corpId: string;
  robotCode: string;
}

/** The API of `api.dingtalk.com`, called as one robot. Everything throws DeliveryError. */
export interface Api {
  readonly robot: Robot;
  readonly runtime: Runtime;
  /** Posts to a path and returns the response body. @param secrets what a response may repeat and an error must not */
  post(path: string, body: Payload, secrets?: readonly string[]): Promise<unknown>;
  withToken: WithToken;
}

/** Creates the API; its token is fetched when it is first needed, and kept for the two hours that it is valid. */
export function createApi(secrets: Secrets, runtime: Runtime): Api {
  const robot = toRobot(secrets);
  const fetch = () => fetchToken(robot, runtime);
  const withToken = createWithToken({ fetch, isStale: isStaleToken, now: runtime.now });
  return {
    robot,
    runtime,
    withToken,
    post: (path, body, secrets = []) =>
      withToken((token) => post({ path, body, token, secrets: [...secrets, robot.appSecret, token] }, runtime)),
  };
}

/** An internal robot's code is its Client ID, unless `robotCode` is configured. */
export function toRobot(secrets: Secrets): Robot {
  const secret = (name: string) => String(secrets[name] ?? '').trim();
  const appKey = secret('appKey');
  return { appKey, appSecret: secret('appSecret'), corpId: secret('corpId'), robotCode: secret('robotCode') || appKey };
}

/** The names of the required secrets that are not configured. */
export function missingSecrets(robot: Robot): string[] {
  return REQUIRED_SECRETS.filter((name) => robot[name] === '');
}

/** "obtain-the-access-token-of-an-internal-app": fetched again while it is valid, it is the same for two hours more. */
async function fetchToken(robot: Robot, runtime: Runtime): Promise<Expiring<string>> {
  const missing = missingSecrets(robot).join(', ');
  const reason = `enter ${missing} from the developer console of DingTalk in the secret of this bot`;
  if (missing) throw new DeliveryError('dingtalk', { reason, code: 'secrets', retryable: false });
  const { appKey, appSecret } = robot;
  const body = await post(
    { path: '/v1.0/oauth2/accessToken', body: { appKey, appSecret }, secrets: [appSecret] },
    runtime,
  );
  const value = textAt(body, 'accessToken');
  const expiresInSeconds = Number(valueAt(body, 'expireIn'));
  if (value && expiresInSeconds > 0) return { value, expiresInSeconds };
  throw new DeliveryError('dingtalk', { reason: 'it returned no access token', retryable: true });
}

interface Post {
  path: string;
  body: Payload;
  token?: string;
  secrets: readonly string[];
}

async function post({ path, body, token, secrets }: Post, runtime: Runtime): Promise<unknown> {
  const headers: Record<string, string> = token ? { 'x-acs-dingtalk-access-token': token } : {};
  const url = new URL(path, 'https://api.dingtalk.com');
  const request = { method: 'POST', url, headers, body: JSON.stringify(body) } as const;
  const client = { platform: 'dingtalk', runtime, parseResponse: parseApiResponse, secrets };
  return (await apiRequest(request, client)).body;
}

/** Resolves when DingTalk grants a token for the robot's secrets. */
export function healthCheck(api: Api): Promise<void> {
  return api.withToken(async () => undefined);
}

/** No member of the organisation has this number. */
const NOT_FOUND = [60121, 40104];

/** Of the page "query-users-by-phone-number". */
const LOOKUP_ERRORS: ErrorTable = {
  '50002': { reason: "this person is not in the app's range of contacts; widen it under Permission Management" },
  '60011': { reason: 'the app lacks the permission qyapi_get_member_by_mobile; grant it, and publish a version' },
  '400002': { reason: 'it does not accept this as a mobile number' },
};

/** The member of the organisation with this mobile number. DingTalk has no such call for an e-mail address. */
export async function findUser(api: Api, mobile: string): Promise<User | undefined> {
  const { body } = await api.withToken((token) => {
    const url = new URL('https://oapi.dingtalk.com/topapi/v2/user/getbymobile');
    url.searchParams.set('access_token', token);
    const request = { method: 'POST', url, body: JSON.stringify({ mobile: mobile.trim() }) } as const;
    const { runtime } = api;
    return apiRequest(request, { platform: 'dingtalk', runtime, parseResponse: parseLookup, secrets: [token] });
  });
  const id = textAt(body, 'result', 'userid');
  return id ? { id } : undefined;
}

function parseLookup(response: HttpResponse): Rejection | undefined {
  return NOT_FOUND.includes(legacyCode(response.body) ?? 0) ? undefined : parseLegacyResponse(response, LOOKUP_ERRORS);
}
