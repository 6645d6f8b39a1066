import { apiRequest } from '../api-client';
import type { Runtime } from '../channel';
import type { Secrets } from '../chat-app';
import { DeliveryError } from '../errors';
import { apiVerdict } from './api-verdict';

export const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

/** One call of the open platform's API. */
export interface ApiCall {
  method: 'GET' | 'POST' | 'PATCH';
  /** Behind `/open-apis/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
}

/** Makes the call, in the name of the bot where a token is given, and gives the whole answer. Throws DeliveryError. */
export async function ask(call: ApiCall, secrets: Secrets, runtime: Runtime, token = ''): Promise<unknown> {
  const { method, body } = call;
  const question = {
    method,
    url: urlOf(call, secrets),
    ...(token && { headers: { Authorization: `Bearer ${token}` } }),
    ...(body && { body: JSON.stringify(body) }),
  };
  const hidden = hiddenOf(secrets, token);
  return (await apiRequest(question, { platform: 'feishu', runtime, parseResponse: apiVerdict, secrets: hidden })).body;
}

/** Where this is asked: on the host of Feishu, or of Lark where `domain` says so. */
export function urlOf({ path, query }: Omit<ApiCall, 'method' | 'body'>, { domain }: Secrets): URL {
  const url = new URL(`https://${domain === 'lark' ? HOSTS[1] : HOSTS[0]}/open-apis/${path}`);
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** What must never be repeated of an answer. */
export function hiddenOf({ appSecret, verificationToken, encryptKey }: Secrets, token: string): string[] {
  return [token, appSecret, verificationToken, encryptKey].flatMap((secret) => secret || []);
}

/** What no answer says, but their lack. */
export function refused(reason: string): DeliveryError {
  return new DeliveryError('feishu', { reason, retryable: false });
}
