import type { HttpResponse, Rejection } from '../channel';
import { type ErrorTable, numericCode, rejectionForCode } from '../errors';
import { textAt } from './fields';
import { parseResponse } from './verdict';

const QPS = { reason: 'too many calls in a second', retryable: true, retryAfterSeconds: 1, throttled: true } as const;
const STALE = { reason: 'it does not accept the access token', retryable: true } as const;

/** Of any of its calls: the global error codes ("server-api-error-codes-1"), and "how-to-process-api-throttling". */
const ERRORS: ErrorTable = {
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
export function oldVerdict(answer: HttpResponse, own: ErrorTable): Rejection | undefined {
  const { body, status } = answer;
  const code = oldCodeOf(body);
  if (code === undefined || code === 0) return parseResponse(answer);
  return rejectionForCode(
    String(code),
    textAt(body, 'sub_msg') || textAt(body, 'errmsg'),
    { ...ERRORS, ...own },
    status,
  );
}

/** What is wrong with a token hides in `sub_code` behind errcode 88. */
export function oldCodeOf(body: unknown): number | undefined {
  return numericCode(body, 'sub_code') ?? numericCode(body, 'errcode');
}
