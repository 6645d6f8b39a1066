import type { HttpResponse, Rejection } from '../channel';
import {
  DeliveryError,
  type ErrorRow,
  type ErrorTable,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';
import { textAt, valueAt } from '../json';

export const PLATFORM = 'slack';

/** An error that we find ourselves, before or after a call. */
export const slackError = (reason: string, facts: Partial<Rejection> = {}): DeliveryError =>
  new DeliveryError(PLATFORM, { retryable: false, ...facts, reason });

const INTERNAL: ErrorRow = { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' };
const UNREADABLE: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const TOO_LONG: ErrorRow = { reason: 'the message is too long for it', payloadRejected: true };
const ARCHIVED: ErrorRow = { reason: 'the channel is archived; unarchive it or choose another' };

const WEBHOOK_REMOVED: ErrorRow = { reason: 'this webhook does not exist any more; create one and enter its url' };
const WEBHOOK_THROTTLED: ErrorRow = { reason: 'too many messages for this webhook', retryable: true, throttled: true };
const WEBHOOK_FORBIDDEN: ErrorRow = { reason: 'an admin of the workspace does not allow this webhook to post there' };

/** What an incoming webhook answers: the changelog of May 2016 and "Handling errors" of docs.slack.dev. */
const WEBHOOK_ERRORS: ErrorTable = {
  action_prohibited: WEBHOOK_FORBIDDEN,
  channel_is_archived: ARCHIVED,
  channel_not_found: { reason: 'the channel does not exist any more; create a webhook for another' },
  invalid_attachments: UNREADABLE,
  invalid_blocks: UNREADABLE,
  invalid_payload: UNREADABLE,
  invalid_token: WEBHOOK_REMOVED,
  msg_blocks_too_long: TOO_LONG,
  no_active_hooks: WEBHOOK_REMOVED,
  no_service: WEBHOOK_REMOVED,
  no_service_id: WEBHOOK_REMOVED,
  no_team: WEBHOOK_REMOVED,
  no_text: UNREADABLE,
  posting_to_general_channel_denied: WEBHOOK_FORBIDDEN,
  ratelimited: WEBHOOK_THROTTLED,
  rate_limited: WEBHOOK_THROTTLED,
  rollup_error: { reason: 'it has an internal error', retryable: true },
  team_disabled: WEBHOOK_REMOVED,
  user_not_found: { reason: 'the person that the webhook writes to does not exist any more' },
};

/** An incoming webhook uses HTTP statuses, with one word as the body. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const word = typeof response.body === 'string' ? response.body.trim() : '';
  if (response.status === 200 && word === 'ok') return undefined;
  if (WEBHOOK_ERRORS[word]) return rejectionForCode(word, '', WEBHOOK_ERRORS);
  return rejectionForStatus(response) ?? rejectionForUnreadable(response);
}

const TOKEN: ErrorRow = {
  reason:
    'it does not accept the bot token; install the app in the workspace again and enter its new Bot User OAuth Token',
};
const THROTTLED: ErrorRow = { reason: 'too many calls', retryable: true, throttled: true };
const RESTRICTED: ErrorRow = { reason: 'the workspace does not allow the app to post there; ask its admin' };
const UNCHANGEABLE: ErrorRow = { reason: 'the message cannot be changed any more' };
const NO_CHANNEL: ErrorRow = {
  reason: 'the channel does not exist (any more), or the bot cannot see it: /invite the bot there',
};
const NO_FILE: ErrorRow = {
  reason: 'the file does not exist (any more), or the bot cannot see it; share it again where the bot is',
};
const FULL: ErrorRow = {
  reason: 'the workspace takes no file of this size; send it another way',
  payloadRejected: true,
};
const FILES_DISABLED: ErrorRow = {
  reason: 'the workspace does not take such a file; its admin can allow it, or send it another way',
  payloadRejected: true,
};
const MIGRATING: ErrorRow = { reason: 'the workspace is being moved to another organisation', retryable: true };

/** What the Web API answers, from the error lists of the methods in docs.slack.dev. */
const API_ERRORS: ErrorTable = {
  access_denied: RESTRICTED,
  accesslimited: { reason: 'the workspace only lets certain networks call it; ask its admin' },
  account_inactive: TOKEN,
  cannot_reply_to_message: { reason: 'the message that the thread begins with takes no replies' },
  cant_update_message: UNCHANGEABLE,
  channel_not_found: NO_CHANNEL,
  edit_window_closed: {
    reason: 'the workspace allows no change of a message after so long a time; its admin can allow it',
  },
  ekm_access_denied: RESTRICTED,
  fatal_error: INTERNAL,
  file_deleted: { reason: 'the file was deleted; share it again' },
  file_not_found: NO_FILE,
  file_type_not_allowed: FILES_DISABLED,
  file_update_failed: INTERNAL,
  file_upload_size_restricted: FULL,
  file_uploads_disabled: FILES_DISABLED,
  file_uploads_except_images_disabled: FILES_DISABLED,
  internal_error: INTERNAL,
  invalid_attachments: UNREADABLE,
  invalid_auth: TOKEN,
  invalid_blocks: UNREADABLE,
  invalid_blocks_format: UNREADABLE,
  invalid_channel: NO_CHANNEL,
  is_archived: ARCHIVED,
  is_inactive: UNCHANGEABLE,
  message_limit_exceeded: { reason: 'the workspace has used up what its plan allows' },
  message_not_found: { reason: 'the message was deleted' },
  messages_tab_disabled: { reason: 'the app takes no direct messages; switch on its Messages Tab under App Home' },
  missing_scope: { reason: 'the app lacks a permission; add the scope under OAuth & Permissions and install it again' },
  msg_blocks_too_long: TOO_LONG,
  msg_too_long: TOO_LONG,
  no_permission: { reason: 'the bot may not post there; /invite it' },
  no_text: UNREADABLE,
  not_allowed_token_type: TOKEN,
  not_authed: { reason: 'there is no bot token; enter the Bot User OAuth Token (xoxb-…)' },
  not_in_channel: { reason: 'the bot is not in the channel; /invite it there' },
  org_login_required: MIGRATING,
  posting_to_channel_denied: RESTRICTED,
  rate_limited: THROTTLED,
  ratelimited: THROTTLED,
  request_timeout: INTERNAL,
  restricted_action: RESTRICTED,
  restricted_action_non_threadable_channel: RESTRICTED,
  restricted_action_read_only_channel: RESTRICTED,
  restricted_action_thread_locked: { reason: 'an admin has locked the thread' },
  restricted_action_thread_only_channel: RESTRICTED,
  service_unavailable: INTERNAL,
  storage_limit_reached: FULL,
  team_access_not_granted: TOKEN,
  team_added_to_org: MIGRATING,
  thread_not_found: { reason: 'the message that the thread begins with does not exist any more' },
  token_expired: TOKEN,
  token_revoked: TOKEN,
};

/** The statuses of the Web API are not about a webhook. */
const API_STATUSES: ErrorTable = {
  401: TOKEN,
  403: RESTRICTED,
  404: { reason: 'it knows no such call' },
  429: THROTTLED,
};

/**
 * Reads the rejection in a Web API response: one word in an HTTP 200, or a 429 with Retry-After in seconds ("Rate limits" of
 * docs.slack.dev). Undefined where the call succeeded.
 */
export function parseApiResponse(response: HttpResponse): Rejection | undefined {
  const { status, body } = response;
  if (status === 200 && valueAt(body, 'ok') === true) return undefined;
  const word = errorWord(body);
  const byWord = () => rejectionForCode(word, detailsIn(body), API_ERRORS);
  if (Object.hasOwn(API_ERRORS, word)) return withRetryAfter(byWord(), response.headers);
  const byStatus = rejectionForStatus(response, API_STATUSES) ?? (word ? byWord() : rejectionForUnreadable(response));
  return withRetryAfter(byStatus, response.headers);
}

/** The same of a response_url, which also answers `ok` in plain text. Its error words are undocumented. */
export function parseReplyResponse(response: HttpResponse): Rejection | undefined {
  return response.status === 200 && response.body === 'ok' ? undefined : parseApiResponse(response);
}

/** Adds the seconds of a Retry-After header. */
export function withRetryAfter(rejection: Rejection, headers: Readonly<Record<string, string | undefined>>): Rejection {
  const wait = headers['retry-after'] ?? '';
  return /^\d{1,6}$/.test(wait) ? { ...rejection, retryAfterSeconds: Number(wait) } : rejection;
}

/** The one word that says what is wrong; empty where there is none. */
export function errorWord(body: unknown): string {
  const word = textAt(body, 'error');
  return /^\w{1,80}$/.test(word) ? word : '';
}

/** Which scope is missing, or which part of a block is wrong. */
function detailsIn(body: unknown): string {
  const needed = textAt(body, 'needed');
  if (needed) return `needed: ${needed}; provided: ${String(valueAt(body, 'provided'))}`;
  const messages = valueAt(body, 'response_metadata', 'messages');
  return Array.isArray(messages) ? messages.slice(0, 3).join(' ') : '';
}
