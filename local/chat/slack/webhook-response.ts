import { objectsAt, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { blocksError } from './block-kit';

/** One a second: page on rate limits. It allows short bursts of a length that is not documented: here none. */
const RATE_LIMIT = { count: 1, windowMs: 1000 };

function reject(status: number, body: string, headers?: Record<string, string>): WebhookResponse {
  return { status, body, headers, outcome: 'rejected' };
}

const CHECKS = [checkRequest, checkRate, checkMessage];

/** The response of `hooks.slack.com/services/...`: a real status, and one word of plain text. */
export function respond(request: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, request) ?? { status: 200, body: 'ok', outcome: 'posted' };
}

/** Words and statuses: changelog of 2016-05-17; `no_service` is what senders report (`no_team` was seen, too). */
function checkRequest({ method, headers, room, payload }: WebhookRequest): WebhookResponse | undefined {
  if (!room) return reject(404, 'no_service');
  // The real one accepts the old form field `payload=`, too.
  return method === 'POST' && isJson(headers) && payload ? undefined : reject(400, 'invalid_payload');
}

function checkRate({ state, at }: WebhookRequest): WebhookResponse | undefined {
  const wait = waitMs(state, at, [RATE_LIMIT]);
  return wait === 0 ? undefined : reject(429, 'rate_limited', { 'retry-after': `${Math.ceil(wait / 1000)}` });
}

function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  const blocks = objectsAt(payload, 'blocks');
  const attachments = objectsAt(payload, 'attachments');
  if (!textAt(payload, 'text') && blocks.length === 0 && attachments.length === 0) return reject(400, 'no_text');
  const error = blocksError(blocks);
  if (error) return reject(400, error);
  const isWrong = attachments.some((attachment) => blocksError(objectsAt(attachment, 'blocks')));
  return isWrong ? reject(400, 'invalid_attachments') : undefined;
}
