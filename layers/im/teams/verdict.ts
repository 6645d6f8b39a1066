import type { HttpResponse, Rejection } from '../channel';
import { type ErrorTable, fieldOf, rejectionForCode, rejectionForStatus, rejectionForUnreadable } from '../errors';

/** What a Workflow url answers; that the flow itself failed later is seen in its run history only. */
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

/** An old connector said 200 and hid the error in a sentence, sometimes with the status of the service behind it. */
const HIDDEN_STATUS = /HTTP error (\d{3})/i;

/** 202, or a 200 that is empty or `1`, means that the Workflow has taken the message, unless an error comes with it. */
export function parseResponse(answer: HttpResponse): Rejection | undefined {
  const { body } = answer;
  const refused = rejectionForStatus(answer, STATUSES);
  if (refused) return refused;
  if (answer.status === 202 && fieldOf(body, 'error') === undefined) return undefined;
  if (body === '' || body === 1) return undefined;
  return inWords(answer);
}

function inWords(answer: HttpResponse): Rejection | undefined {
  const { body } = answer;
  const error = fieldOf(body, 'error');
  if (error !== undefined)
    return rejectionForCode(String(fieldOf(error, 'code') ?? 'error'), String(fieldOf(error, 'message') ?? ''), {});
  const hidden = HIDDEN_STATUS.exec(String(body))?.[1];
  return (
    (hidden && rejectionForStatus({ ...answer, status: Number(hidden) }, STATUSES)) || rejectionForUnreadable(answer)
  );
}
