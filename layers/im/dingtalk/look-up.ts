import { apiRequest } from '../api-client';
import type { HttpResponse, Rejection, Runtime } from '../channel';
import type { User } from '../chat-app';
import type { ErrorTable } from '../errors';
import type { OpenApi } from './api';
import { textAt } from './fields';
import { oldCodeOf, oldVerdict } from './old-verdict';

/** Nobody of the organisation has this number: "query-users-by-phone-number". */
const NOBODY = [60121, 40104];

/** Of the page. */
const ERRORS: ErrorTable = {
  '50002': { reason: "this person is not in the app's range of contacts; widen it under Permission Management" },
  '60011': { reason: 'the app lacks the permission qyapi_get_member_by_mobile; grant it, and publish a version' },
  '400002': { reason: 'it does not take this for a mobile number' },
};

/**
 * Who in the organisation has this mobile number. DingTalk has no such call for an e-mail address. Throws DeliveryError.
 */
export async function lookUp(mobile: string, api: OpenApi, runtime: Runtime): Promise<User | undefined> {
  const { body } = await api.withToken((token) => {
    const url = new URL('https://oapi.dingtalk.com/topapi/v2/user/getbymobile');
    url.searchParams.set('access_token', token);
    const question = { method: 'POST', url, body: JSON.stringify({ mobile: mobile.trim() }) } as const;
    return apiRequest(question, { platform: 'dingtalk', runtime, parseResponse, secrets: [token] });
  });
  const id = textAt(body, 'result', 'userid');
  return id ? { id } : undefined;
}

function parseResponse(answer: HttpResponse): Rejection | undefined {
  return NOBODY.includes(oldCodeOf(answer.body) ?? 0) ? undefined : oldVerdict(answer, ERRORS);
}
