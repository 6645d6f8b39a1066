import { textAt } from '../json';
import type { ApiRequest } from '../workspace';

import { type ApiReply, refuse } from './api-reply';
import { type Office, SECRETS } from './office';

const LIFE = 7_200_000;
/** A token with this much life left is given out again: page "自建应用获取 tenant_access_token". */
const STILL_GOOD = 1_800_000;

interface Issued {
  token: string;
  ends: number;
}

/** Gives out tenant_access_tokens, and knows them again until they end. */
export interface Tokens {
  issue(call: ApiRequest): ApiReply;
  /** Why a call is not believed; undefined when it is. */
  objectionTo(call: ApiRequest): ApiReply | undefined;
}

export function openTokens(office: Office): Tokens {
  const issued: Issued[] = [];

  function current(): Issued {
    const now = office.now();
    const last = issued.at(-1);
    if (last && last.ends - now >= STILL_GOOD) return last;
    const next = { token: office.newId('t-'), ends: now + LIFE };
    issued.push(next);
    return next;
  }

  return {
    issue({ payload }) {
      const id = textAt(payload, 'app_id');
      // Seen live by others, with HTTP 200, and in no document but the list of codes.
      if (!/^cli_[0-9a-z]{16}$/.test(id) || !textAt(payload, 'app_secret')) return refuse(10003, 'invalid param', 200);
      if (id !== SECRETS.appId) return refuse(10014, 'app id not exists', 200);
      if (textAt(payload, 'app_secret') !== SECRETS.appSecret) return refuse(10014, 'app secret invalid', 200);
      const { token, ends } = current();
      const expire = Math.floor((ends - office.now()) / 1000);
      return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire } };
    },
    objectionTo({ headers: { authorization = '' } }) {
      if (!authorization)
        return refuse(99991661, 'Missing access token for authorization. Please make a request with token attached.');
      const token = authorization.replace(/^Bearer /, '');
      if (!token.startsWith('t-')) return refuse(99991671, 'Invalid token: must start with t-/u-');
      const isGood = issued.some((each) => each.token === token && each.ends > office.now());
      return isGood
        ? undefined
        : refuse(99991663, 'Invalid access token for authorization. Please make a request with token attached.');
    },
  };
}
