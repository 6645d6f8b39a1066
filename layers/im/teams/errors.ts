import type { HttpResponse, Rejection } from '../channel';
import { type ErrorTable, rejectionForCode, rejectionForStatus, rejectionForUnreadable } from '../errors';
import { valueAt } from '../json';

/** What a Workflow url answers; that the flow itself failed later is in its run history only. */
const STATUSES: ErrorTable = {
  400: {
    reason:
      'the Workflow could not read the message; check that it begins with "When a Teams webhook request is received"',
    payloadRejected: true,
  },
  401: { reason: 'the signature in the url is not valid any more; copy the url from the Workflow again' },
  403: { reason: 'the Workflow does not accept this request; let anyone trigger it, or copy its url again' },
  404: { reason: 'there is no such Workflow (any more); create one and enter its url' },
  413: { reason: 'the message is over 28 KB once the Workflow has wrapped it', payloadRejected: true },
  429: { reason: 'too many messages for this Workflow', retryable: true, throttled: true },
};

/** An old connector answered 200 with the error as a sentence, sometimes with the status of the service behind it. */
const STATUS_IN_SENTENCE = /HTTP error (\d{3})/i;

/** 202, or a 200 that is empty or `1`, means that the Workflow has accepted the message, unless it contains an error. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const { status, body } = response;
  const rejection = rejectionForStatus(response, STATUSES);
  if (rejection) return rejection;
  const error = valueAt(body, 'error');
  if (body === '' || body === 1 || (status === 202 && error === undefined)) return undefined;
  if (error !== undefined) {
    return rejectionForCode(String(valueAt(error, 'code') ?? 'error'), String(valueAt(error, 'message') ?? ''), {});
  }
  const hidden = Number(STATUS_IN_SENTENCE.exec(String(body))?.[1]);
  return (hidden && rejectionForStatus({ ...response, status: hidden }, STATUSES)) || rejectionForUnreadable(response);
}
