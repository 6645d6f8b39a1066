import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorRow,
  type ErrorTable,
  fieldOf,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';

const TOKEN: ErrorRow = {
  reason:
    'it does not accept the bot token; install the app in the workspace again and enter its new Bot User OAuth Token',
};
const THROTTLED: ErrorRow = { reason: 'too many calls', retryable: true, throttled: true };
const UNREADABLE: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const TROUBLE: ErrorRow = { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' };
const RESTRICTED: ErrorRow = { reason: 'the workspace does not allow the app to post there; ask its admin' };
const UNCHANGEABLE: ErrorRow = { reason: 'the message cannot be changed any more' };
const LOST: ErrorRow = {
  reason: 'the file does not exist (any more), or the bot cannot see it; share it again where the bot is',
};
const FULL: ErrorRow = {
  reason: 'the workspace takes no file of this size; give it over in another way',
  payloadRejected: true,
};
const NO_FILES: ErrorRow = {
  reason: 'the workspace does not take such a file; its admin can allow it, or give it over in another way',
  payloadRejected: true,
};
const MIGRATING: ErrorRow = { reason: 'the workspace is being moved to another organisation', retryable: true };

/** The words of its answers, from the error lists of the methods in docs.slack.dev. */
const ERRORS: ErrorTable = {
  access_denied: RESTRICTED,
  accesslimited: { reason: 'the workspace only lets certain networks call it; ask its admin' },
  account_inactive: TOKEN,
  cannot_reply_to_message: { reason: 'nobody can reply to the message that the thread begins with' },
  cant_update_message: UNCHANGEABLE,
  channel_not_found: {
    reason: 'the channel does not exist (any more), or the bot cannot see it: /invite the bot there',
  },
  edit_window_closed: {
    reason: 'the workspace lets nobody change a message after so long a time; its admin can allow it',
  },
  ekm_access_denied: RESTRICTED,
  fatal_error: TROUBLE,
  file_deleted: { reason: 'the file was deleted; share it again' },
  file_not_found: LOST,
  file_type_not_allowed: NO_FILES,
  file_update_failed: TROUBLE,
  file_upload_size_restricted: FULL,
  file_uploads_disabled: NO_FILES,
  file_uploads_except_images_disabled: NO_FILES,
  internal_error: TROUBLE,
  invalid_attachments: UNREADABLE,
  invalid_auth: TOKEN,
  invalid_blocks: UNREADABLE,
  invalid_blocks_format: UNREADABLE,
  invalid_channel: { reason: 'the channel does not exist (any more), or the bot cannot see it: /invite the bot there' },
  is_archived: { reason: 'the channel is archived; unarchive it or choose another' },
  is_inactive: UNCHANGEABLE,
  message_limit_exceeded: { reason: 'the workspace has used up what its plan allows' },
  message_not_found: { reason: 'the message was deleted' },
  messages_tab_disabled: { reason: 'the app takes no direct messages; switch on its Messages Tab under App Home' },
  missing_scope: { reason: 'the app lacks a permission; add the scope under OAuth & Permissions and install it again' },
  msg_blocks_too_long: { reason: 'the message is too long for it', payloadRejected: true },
  msg_too_long: { reason: 'the message is too long for it', payloadRejected: true },
  no_permission: { reason: 'the bot may not post there; /invite it' },
  no_text: UNREADABLE,
  not_allowed_token_type: TOKEN,
  not_authed: { reason: 'there is no bot token; enter the Bot User OAuth Token (xoxb-…)' },
  not_in_channel: { reason: 'the bot is not in the channel; /invite it there' },
  org_login_required: MIGRATING,
  posting_to_channel_denied: RESTRICTED,
  rate_limited: THROTTLED,
  ratelimited: THROTTLED,
  request_timeout: TROUBLE,
  restricted_action: RESTRICTED,
  restricted_action_non_threadable_channel: RESTRICTED,
  restricted_action_read_only_channel: RESTRICTED,
  restricted_action_thread_locked: { reason: 'an admin has locked the thread' },
  restricted_action_thread_only_channel: RESTRICTED,
  service_unavailable: TROUBLE,
  storage_limit_reached: FULL,
  team_access_not_granted: TOKEN,
  team_added_to_org: MIGRATING,
  thread_not_found: { reason: 'the message that the thread begins with does not exist any more' },
  token_expired: TOKEN,
  token_revoked: TOKEN,
};

/** In the statuses of the Web API no webhook is meant. */
const STATUSES: ErrorTable = { 401: TOKEN, 403: RESTRICTED, 404: { reason: 'it knows no such call' }, 429: THROTTLED };

/**
 * What the Web API has against a call: one word in an HTTP 200, a 429 with Retry-After in seconds when it is called too often
 * ("Rate limits" of docs.slack.dev). undefined where it did what it was asked.
 */
export function refusalIn(answer: HttpResponse): Rejection | undefined {
  const rejection = reading(answer);
  const wait = answer.headers['retry-after'] ?? '';
  return rejection && /^\d{1,6}$/.test(wait) ? { ...rejection, retryAfterSeconds: Number(wait) } : rejection;
}

/** The same of a response_url, which says `ok` in plain text, too. Its own words are in nobody's documents. */
export function refusalOfAnswer(answer: HttpResponse): Rejection | undefined {
  return answer.status === 200 && answer.body === 'ok' ? undefined : refusalIn(answer);
}

function reading(answer: HttpResponse): Rejection | undefined {
  const { status, body } = answer;
  if (status === 200 && fieldOf(body, 'ok') === true) return undefined;
  const word = wordIn(body);
  if (word && Object.hasOwn(ERRORS, word)) return rejectionForCode(word, detailsIn(body), ERRORS);
  return (
    rejectionForStatus(answer, STATUSES) ??
    (word ? rejectionForCode(word, detailsIn(body), ERRORS) : rejectionForUnreadable(answer))
  );
}

/** The word for what is wrong, as all refusals have it. */
export function wordIn(body: unknown): string {
  const word = fieldOf(body, 'error');
  return typeof word === 'string' && /^\w{1,80}$/.test(word) ? word : '';
}

/** Which scope is needed, or which part of a block is wrong. */
function detailsIn(body: unknown): string {
  const needed = fieldOf(body, 'needed');
  if (typeof needed === 'string') return `needed: ${needed}; provided: ${String(fieldOf(body, 'provided'))}`;
  const messages = fieldOf(fieldOf(body, 'response_metadata'), 'messages');
  return Array.isArray(messages) ? messages.slice(0, 3).join(' ') : '';
}
