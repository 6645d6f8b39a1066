import type { World } from '../channel';
import type { Secrets } from '../chat-app';
import { consult } from '../consult';
import { DeliveryError } from '../delivery';
import { expiring, type Loan } from '../expiring';
import { apiVerdict, STALE_CODES } from './api-verdict';
import { inside, textInside } from './inside';

export const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

/** One call of the open platform's API. */
export interface ApiCall {
  method: 'GET' | 'POST';
  /** Behind `/open-apis/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
}

/** Calls the API in the name of the bot and gives the whole answer. Throws DeliveryError. */
export type Api = (call: ApiCall) => Promise<unknown>;

/** The open platform of Feishu, or of Lark where `domain` says so, for the app behind these secrets. */
export function openApi(secrets: Secrets, world: World): Api {
  const renew = () => expiring(() => fetchToken(secrets, world), world.now);
  let token = renew();
  return async (call) => {
    const used = await token();
    try {
      return await ask(call, secrets, world, used);
    } catch (error) {
      if (!(error instanceof DeliveryError) || !STALE_CODES.has(error.code ?? '')) throw error;
      // A token ends early when the appSecret is reset.
      token = renew();
      return ask(call, secrets, world, await token());
    }
  };
}

/** The token of the app in its tenant; `expire` is what is left of it, in seconds: page "自建应用获取 tenant_access_token". */
async function fetchToken(secrets: Secrets, world: World): Promise<Loan<string>> {
  const { appId, appSecret } = secrets;
  if (!appId || !appSecret) throw refused('the secret of this bot has no appId or no appSecret; enter both');
  const body = { app_id: appId, app_secret: appSecret };
  const answer = await ask({ method: 'POST', path: 'auth/v3/tenant_access_token/internal', body }, secrets, world);
  const value = textInside(answer, 'tenant_access_token');
  const seconds = Number(inside(answer, 'expire'));
  if (!value || !(seconds > 0)) throw refused('it gave no token for this appId');
  return { value, seconds };
}

async function ask(call: ApiCall, secrets: Secrets, world: World, token = ''): Promise<unknown> {
  const { method, path, query, body } = call;
  const url = new URL(`https://${secrets.domain === 'lark' ? HOSTS[1] : HOSTS[0]}/open-apis/${path}`);
  url.search = new URLSearchParams(query).toString();
  const question = {
    method,
    url,
    ...(token && { headers: { Authorization: `Bearer ${token}` } }),
    ...(body && { body: JSON.stringify(body) }),
  };
  const { appSecret, verificationToken, encryptKey } = secrets;
  const hidden = [token, appSecret, verificationToken, encryptKey].flatMap((secret) => secret || []);
  return (await consult(question, { platform: 'feishu', world, verdict: apiVerdict, secrets: hidden })).body;
}

/** What no answer says, but their lack. */
export function refused(reason: string): DeliveryError {
  return new DeliveryError('feishu', { reason, retryable: false });
}
