import type { Answer, Payload, World } from '../channel';
import { consult } from '../consult';
import { DeliveryError } from '../delivery';
import { expiring, type Loan } from '../expiring';
import { field } from '../verdict';
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
  /** Posts to `api.dingtalk.com`. */
  post(path: string, body: Payload): Promise<Answer>;
  /** Does it with a token that is good; where it turns out not to be, once more with a new one. */
  withToken<T>(use: (token: string) => Promise<T>): Promise<T>;
}

/** @returns the API; its token is fetched when it is first needed, and kept for the two hours that it lives. */
export function openApi(bot: Bot, world: World): OpenApi {
  const borrow = () => expiring(() => fetchToken(bot, world), world.now);
  let token = borrow();
  async function withToken<T>(use: (token: string) => Promise<T>): Promise<T> {
    try {
      return await use(await token());
    } catch (error) {
      if (!(error instanceof DeliveryError) || !STALE.includes(error.code ?? '')) throw error;
      token = borrow();
      return use(await token());
    }
  }
  return {
    withToken,
    async knock() {
      await token();
    },
    post: (path, body) => withToken((token) => post(path, body, [bot.appSecret, token], world, token)),
  };
}

/**
 * "obtain-the-access-token-of-an-internal-app". Asked for again while it lives, it is the same one, for two hours more.
 */
async function fetchToken(bot: Bot, world: World): Promise<Loan<string>> {
  const lacking = missing(bot);
  const enter = `enter ${lacking.join(', ')} from the developer console of DingTalk in the secret of this bot`;
  if (lacking.length) throw new DeliveryError('dingtalk', { reason: enter, code: 'secrets', retryable: false });
  const { appKey, appSecret } = bot;
  const { body } = await post('/v1.0/oauth2/accessToken', { appKey, appSecret }, [appSecret], world);
  const value = textAt(body, 'accessToken');
  const seconds = Number(field(body, 'expireIn'));
  if (value && seconds > 0) return { value, seconds };
  throw new DeliveryError('dingtalk', { reason: 'it gave no access token', retryable: true });
}

function post(path: string, body: Payload, secrets: string[], world: World, token?: string): Promise<Answer> {
  const headers: Record<string, string> = token ? { 'x-acs-dingtalk-access-token': token } : {};
  const question = { method: 'POST', url: new URL(path, API), headers, body: JSON.stringify(body) } as const;
  return consult(question, { platform: 'dingtalk', world, verdict: apiVerdict, secrets });
}
