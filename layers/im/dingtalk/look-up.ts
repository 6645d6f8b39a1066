import type { Answer, Refusal, World } from '../channel';
import type { Person } from '../chat-app';
import { consult } from '../consult';
import { byCode, codeOf, type Table } from '../verdict';
import type { OpenApi } from './api';
import { textAt } from './fields';
import { verdict } from './verdict';

/** Nobody of the organisation has this number: "query-users-by-phone-number". */
const NOBODY = [60121, 40104];

const QPS = { reason: 'too many calls in a second', retryable: true, retryAfter: 1, throttled: true } as const;
const STALE = { reason: 'it does not accept the access token', retryable: true } as const;

/** Of the page, of the global error codes, and of "how-to-process-api-throttling". */
const ERRORS: Table = {
  '-1': { reason: 'it is busy', retryable: true },
  '40014': STALE,
  '42001': STALE,
  '50002': { reason: "this person is not in the app's range of contacts; widen it under Permission Management" },
  '60011': { reason: 'the app lacks the permission qyapi_get_member_by_mobile; grant it, and publish a version' },
  '60020': { reason: "the app's list of server addresses does not hold ours; empty it under Security Settings" },
  '90002': QPS,
  '90018': QPS,
  '90020': { reason: "the organisation's quota of API calls is used up for this month" },
  '400002': { reason: 'it does not take this for a mobile number' },
};

/**
 * Who in the organisation has this mobile number. DingTalk has no such call for an e-mail address. Throws DeliveryError.
 */
export async function lookUp(mobile: string, api: OpenApi, world: World): Promise<Person | undefined> {
  const { body } = await api.withToken((token) => {
    const url = new URL('https://oapi.dingtalk.com/topapi/v2/user/getbymobile');
    url.searchParams.set('access_token', token);
    const question = { method: 'POST', url, body: JSON.stringify({ mobile: mobile.trim() }) } as const;
    return consult(question, { platform: 'dingtalk', world, verdict: oldVerdict, secrets: [token] });
  });
  const id = textAt(body, 'result', 'userid');
  return id ? { id } : undefined;
}

/** The older API says HTTP 200 to everything, and hides what is wrong with a token in `sub_code` behind errcode 88. */
function oldVerdict(answer: Answer): Refusal | undefined {
  const { body, status } = answer;
  const code = codeOf(body, 'sub_code') ?? codeOf(body, 'errcode');
  if (code === undefined || code === 0) return verdict(answer);
  if (NOBODY.includes(code)) return undefined;
  return byCode(String(code), textAt(body, 'sub_msg') || textAt(body, 'errmsg'), ERRORS, status);
}
