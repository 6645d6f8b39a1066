import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorRow,
  type ErrorTable,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';

const GONE: ErrorRow = { reason: 'this webhook does not exist any more; create one and enter its url' };
const THROTTLED: ErrorRow = { reason: 'too many messages for this webhook', retryable: true, throttled: true };
const UNREADABLE: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const FORBIDDEN: ErrorRow = { reason: 'an admin of the workspace does not allow this webhook to post there' };

/** The words of its answers, from the changelog of May 2016 and "Handling errors" of docs.slack.dev. */
const ERRORS: ErrorTable = {
  action_prohibited: FORBIDDEN,
  channel_is_archived: { reason: 'the channel is archived; unarchive it or choose another' },
  channel_not_found: { reason: 'the channel does not exist any more; create a webhook for another' },
  invalid_attachments: UNREADABLE,
  invalid_blocks: UNREADABLE,
  invalid_payload: UNREADABLE,
  invalid_token: GONE,
  msg_blocks_too_long: { reason: 'the message is too long for it', payloadRejected: true },
  no_active_hooks: GONE,
  no_service: GONE,
  no_service_id: GONE,
  no_team: GONE,
  no_text: UNREADABLE,
  posting_to_general_channel_denied: FORBIDDEN,
  ratelimited: THROTTLED,
  rate_limited: THROTTLED,
  rollup_error: { reason: 'it has an internal error', retryable: true },
  team_disabled: GONE,
  user_not_found: { reason: 'the person whom the webhook writes to does not exist any more' },
};

/** Slack uses HTTP statuses, and says in one word what is wrong. */
export function parseResponse(answer: HttpResponse): Rejection | undefined {
  const word = typeof answer.body === 'string' ? answer.body.trim() : '';
  if (answer.status === 200 && word === 'ok') return undefined;
  if (ERRORS[word]) return rejectionForCode(word, '', ERRORS);
  return rejectionForStatus(answer) ?? rejectionForUnreadable(answer);
}
