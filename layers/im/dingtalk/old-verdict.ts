import type { HttpResponse, Rejection } from '../channel';
import { byCode, codeOf, type Table } from '../verdict';
import { textAt } from './fields';
import { parseResponse } from './verdict';

const QPS = { reason: 'too many calls in a second', retryable: true, retryAfterSeconds: 1, throttled: true } as const;
const STALE = { reason: 'it does not accept the access token', retryable: true } as const;

/** Of any of its calls: the global error codes ("server-api-error-codes-1"), and "how-to-process-api-throttling". */
const ERRORS: Table = {
  '-1': { reason: 'it is busy', retryable: true },
  '40014': STALE,
  '42001': STALE,
  '60020': { reason: "the app's list of server addresses does not hold ours; empty it under Security Settings" },
  '90002': QPS,
  '90018': QPS,
  '90020': { reason: "the organisation's quota of API calls is used up for this month" },
};

/**
 * The verdict of the older API, `oapi.dingtalk.com`: HTTP 200 to everything, and a code in the body.
 * @param own what its codes mean for one call.
 */
export function oldVerdict(answer: HttpResponse, own: Table): Rejection | undefined {
  const { body, status } = answer;
  const code = oldCodeOf(body);
  if (code === undefined || code === 0) return parseResponse(answer);
  return byCode(String(code), textAt(body, 'sub_msg') || textAt(body, 'errmsg'), { ...ERRORS, ...own }, status);
}

/** What is wrong with a token hides in `sub_code` behind errcode 88. */
export function oldCodeOf(body: unknown): number | undefined {
  return codeOf(body, 'sub_code') ?? codeOf(body, 'errcode');
}
