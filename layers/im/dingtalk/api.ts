import { apiRequest } from '../api-client';
import { cachedUntilExpiry, type Expiring } from '../cached';
import type { HttpResponse, Payload, Runtime } from '../channel';
import { DeliveryError, fieldOf } from '../errors';
import { apiVerdict } from './api-verdict';
import { type Bot, missing } from './bot';
import { textAt } from './fields';

const API = 'https://api.dingtalk.com';
/** What both APIs say to a token that ended before its time: another app took it, or the secret was renewed. */
const STALE = ['InvalidAuthentication', '40014', '42001'];

/** The platform's API, spoken to as one robot. Everything throws DeliveryError. */
export interface OpenApi {
  /** Resolves when the robot is known. */
  knock(): Promise<void>;
  /** Posts to `api.dingtalk.com`. @param secrets what an answer may repeat and an error must not. */
  post(path: string, body: Payload, secrets?: readonly string[]): Promise<HttpResponse>;
  /** Does it with a token that is good; where it turns out not to be, once more with a new one. */
  withToken<T>(use: (token: string) => Promise<T>): Promise<T>;
  /** For what cannot be done twice: where the token turns out not to be good, whoever comes next has a new one. */
  withTokenOnce<T>(use: (token: string) => Promise<T>): Promise<T>;
}

/** @returns the API; its token is fetched when it is first needed, and kept for the two hours that it lives. */
export function openApi(bot: Bot, runtime: Runtime): OpenApi {
  const borrow = () => cachedUntilExpiry(() => fetchToken(bot, runtime), runtime.now);
  let token = borrow();
  async function withTokenOnce<T>(use: (token: string) => Promise<T>): Promise<T> {
    try {
      return await use(await token());
    } catch (error) {
      if (isStale(error)) token = borrow();
      throw error;
    }
  }
  async function withToken<T>(use: (token: string) => Promise<T>): Promise<T> {
    try {
      return await withTokenOnce(use);
    } catch (error) {
      if (!isStale(error)) throw error;
      return use(await token());
    }
  }
  return {
    withToken,
    withTokenOnce,
    async knock() {
      await token();
    },
    post: (path, body, secrets = []) =>
      withToken((token) => post(path, body, [...secrets, bot.appSecret, token], runtime, token)),
  };
}

function isStale(error: unknown): boolean {
  return error instanceof DeliveryError && STALE.includes(error.code ?? '');
}

/**
 * "obtain-the-access-token-of-an-internal-app". Asked for again while it lives, it is the same one, for two hours more.
 */
async function fetchToken(bot: Bot, runtime: Runtime): Promise<Expiring<string>> {
  const lacking = missing(bot);
  const enter = `enter ${lacking.join(', ')} from the developer console of DingTalk in the secret of this bot`;
  if (lacking.length) throw new DeliveryError('dingtalk', { reason: enter, code: 'secrets', retryable: false });
  const { appKey, appSecret } = bot;
  const { body } = await post('/v1.0/oauth2/accessToken', { appKey, appSecret }, [appSecret], runtime);
  const value = textAt(body, 'accessToken');
  const expiresInSeconds = Number(fieldOf(body, 'expireIn'));
  if (value && expiresInSeconds > 0) return { value, expiresInSeconds };
  throw new DeliveryError('dingtalk', { reason: 'it gave no access token', retryable: true });
}

function post(path: string, body: Payload, secrets: string[], runtime: Runtime, token?: string): Promise<HttpResponse> {
  const headers: Record<string, string> = token ? { 'x-acs-dingtalk-access-token': token } : {};
  const question = { method: 'POST', url: new URL(path, API), headers, body: JSON.stringify(body) } as const;
  return apiRequest(question, { platform: 'dingtalk', runtime, parseResponse: apiVerdict, secrets });
}
