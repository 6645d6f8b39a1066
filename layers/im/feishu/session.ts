import { cachedUntilExpiry, type Expiring } from '../cached';
import type { Runtime } from '../channel';
import type { Secrets } from '../chat-app';
import { DeliveryError } from '../errors';
import { ask, refused } from './api-call';
import { STALE_CODES } from './api-verdict';
import { inside, textInside } from './inside';

/** The app behind these secrets, as the open platform knows it by its token. */
export interface Session {
  readonly secrets: Secrets;
  readonly runtime: Runtime;
  /**
   * Does it with a token; where Feishu wants no more of that, gets a new one and does it once more.
   * @param repeatable `false` where it cannot be done twice: then the next call has the new token.
   */
  authorized<Result>(act: (token: string) => Promise<Result>, repeatable?: boolean): Promise<Result>;
}

/** Asks for a token when one is first wanted. */
export function openSession(secrets: Secrets, runtime: Runtime): Session {
  const renew = () => cachedUntilExpiry(() => fetchToken(secrets, runtime), runtime.now);
  let token = renew();
  return {
    secrets,
    runtime,
    async authorized(act, repeatable = true) {
      const used = await token();
      try {
        return await act(used);
      } catch (error) {
        if (!(error instanceof DeliveryError) || !STALE_CODES.has(error.code ?? '')) throw error;
        // A token ends early when the appSecret is reset.
        token = renew();
        if (!repeatable) throw error;
        return act(await token());
      }
    },
  };
}

/** The token of the app in its tenant; `expire` is what is left of it, in seconds: page "自建应用获取 tenant_access_token". */
async function fetchToken(secrets: Secrets, runtime: Runtime): Promise<Expiring<string>> {
  const { appId, appSecret } = secrets;
  if (!appId || !appSecret) throw refused('the secret of this bot has no appId or no appSecret; enter both');
  const body = { app_id: appId, app_secret: appSecret };
  const answer = await ask({ method: 'POST', path: 'auth/v3/tenant_access_token/internal', body }, secrets, runtime);
  const value = textInside(answer, 'tenant_access_token');
  const expiresInSeconds = Number(inside(answer, 'expire'));
  if (!value || !(expiresInSeconds > 0)) throw refused('it gave no token for this appId');
  return { value, expiresInSeconds };
}
