import { objectsAt, textAt } from '../json';
import { firstRejection, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { objectionTo } from './blocks';

/** Slack's page on rate limits: one a second. How short the short bursts are that it tolerates is not said: none here. */
const PACE = { count: 1, windowMs: 1000 };

function refuse(status: number, body: string, headers?: Record<string, string>): WebhookResponse {
  return { status, body, headers, outcome: 'refused' };
}

const CHECKS = [checkDoor, checkPace, checkMessage];

/** What `hooks.slack.com/services/...` answers: real statuses, and one word of plain text. */
export function respond(call: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, call) ?? { status: 200, body: 'ok', outcome: 'shown' };
}

/** Words and statuses: Slack's changelog of 2016-05-17; `no_service` from what senders report (also seen: `no_team`). */
function checkDoor({ method, headers, room, payload }: WebhookRequest): WebhookResponse | undefined {
  if (!room) return refuse(404, 'no_service');
  // An old-style form field `payload=` would be accepted too; nothing here sends one.
  const json = /^application\/json\b/i.test(headers['content-type'] ?? '');
  return method === 'POST' && json && payload ? undefined : refuse(400, 'invalid_payload');
}

function checkPace({ state, at }: WebhookRequest): WebhookResponse | undefined {
  const wait = waitMs(state, at, [PACE]);
  return wait === 0 ? undefined : refuse(429, 'rate_limited', { 'retry-after': `${Math.ceil(wait / 1000)}` });
}

function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  const blocks = objectsAt(payload, 'blocks');
  const attachments = objectsAt(payload, 'attachments');
  if (!textAt(payload, 'text') && blocks.length === 0 && attachments.length === 0) return refuse(400, 'no_text');
  const objection = objectionTo(blocks);
  if (objection) return refuse(400, objection);
  const attached = attachments.some((attachment) => objectionTo(objectsAt(attachment, 'blocks')));
  return attached ? refuse(400, 'invalid_attachments') : undefined;
}
