import { textAt } from '../json';
import type { ApiRequest, ApiResponse } from '../workspace';
import { reject } from './errors';
import { type FeishuState, SECRETS } from './state';

const LIFETIME_MS = 7_200_000;
/** A token that lives so long is issued again: page "自建应用获取 tenant_access_token". */
const REISSUE_MS = 1_800_000;

interface IssuedToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** The tenant_access_tokens of the app. */
export interface Tokens {
  issue(request: ApiRequest): ApiResponse;
  /** Undefined if the request has a valid token. */
  rejectionOf(request: ApiRequest): ApiResponse | undefined;
}

export function createTokens({ now, newId }: FeishuState): Tokens {
  const issued: IssuedToken[] = [];

  function currentToken(): IssuedToken {
    const last = issued.at(-1);
    if (last && last.expiresAt - now() >= REISSUE_MS) return last;
    const next = { token: newId('t-'), expiresAt: now() + LIFETIME_MS };
    issued.push(next);
    return next;
  }

  return {
    issue({ payload }) {
      const id = textAt(payload, 'app_id');
      const secret = textAt(payload, 'app_secret');
      // Tested live by others, with HTTP 200; documented in the list of codes only.
      if (!/^cli_[0-9a-z]{16}$/.test(id) || !secret) return reject(10003, 'invalid param', 200);
      if (id !== SECRETS.appId) return reject(10014, 'app id not exists', 200);
      if (secret !== SECRETS.appSecret) return reject(10014, 'app secret invalid', 200);
      const { token, expiresAt } = currentToken();
      const expire = Math.floor((expiresAt - now()) / 1000);
      return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire } };
    },
    rejectionOf({ headers: { authorization = '' } }) {
      const hint = 'access token for authorization. Please make a request with token attached.';
      if (!authorization) return reject(99991661, `Missing ${hint}`);
      const token = authorization.replace(/^Bearer /, '');
      if (!token.startsWith('t-')) return reject(99991671, 'Invalid token: must start with t-/u-');
      const isValid = issued.some((each) => each.token === token && each.expiresAt > now());
      return isValid ? undefined : reject(99991663, `Invalid ${hint}`);
    },
  };
}
