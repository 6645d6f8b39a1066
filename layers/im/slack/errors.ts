import type { HttpResponse, Rejection } from '../channel';
import {
  DeliveryError,
  type ErrorRow,
  type ErrorTable,
  errorTable,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';
import { textAt, valueAt } from '../json';

export const PLATFORM = 'slack';

/** An error that we find ourselves, before or after a call. */
export const slackError = (reason: string, facts: Partial<Rejection> = {}): DeliveryError =>
  new DeliveryError(PLATFORM, { retryable: false, ...facts, reason });

const UNREADABLE: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const TOO_LONG: ErrorRow = { reason: 'the message is too long for it', payloadRejected: true };
const ARCHIVED: ErrorRow = { reason: 'the channel is archived; unarchive it or choose another' };

/** What an incoming webhook answers: the changelog of May 2016 and "Handling errors" of docs.slack.dev. */
const WEBHOOK_ERRORS = errorTable([
  [
    'action_prohibited posting_to_general_channel_denied',
    { reason: 'an admin of the workspace does not allow this webhook to post there' },
  ],
  ['channel_is_archived', ARCHIVED],
  ['channel_not_found', { reason: 'the channel does not exist any more; create a webhook for another' }],
  ['invalid_attachments invalid_blocks invalid_payload no_text', UNREADABLE],
  [
    'invalid_token no_active_hooks no_service no_service_id no_team team_disabled',
    { reason: 'this webhook does not exist any more; create one and enter its url' },
  ],
  ['msg_blocks_too_long', TOO_LONG],
  ['ratelimited rate_limited', { reason: 'too many messages for this webhook', retryable: true, throttled: true }],
  ['rollup_error', { reason: 'it has an internal error', retryable: true }],
  ['user_not_found', { reason: 'the person that the webhook writes to does not exist any more' }],
]);

/** An incoming webhook uses HTTP statuses, with one word as the body. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const word = typeof response.body === 'string' ? response.body.trim() : '';
  if (response.status === 200 && word === 'ok') return undefined;
  if (Object.hasOwn(WEBHOOK_ERRORS, word)) return rejectionForCode(word, '', WEBHOOK_ERRORS);
  return rejectionForStatus(response) ?? rejectionForUnreadable(response);
}

const TOKEN: ErrorRow = {
  reason:
    'it does not accept the bot token; install the app in the workspace again and enter its new Bot User OAuth Token',
};
const THROTTLED: ErrorRow = { reason: 'too many calls', retryable: true, throttled: true };
const RESTRICTED: ErrorRow = { reason: 'the workspace does not allow the app to post there; ask its admin' };

/** What the Web API answers, from the error lists of the methods in docs.slack.dev. */
const API_ERRORS = errorTable([
  ['account_inactive invalid_auth not_allowed_token_type team_access_not_granted token_expired token_revoked', TOKEN],
  ['not_authed', { reason: 'there is no bot token; enter the Bot User OAuth Token (xoxb-…)' }],
  [
    'missing_scope',
    { reason: 'the app lacks a permission; add the scope under OAuth & Permissions and install it again' },
  ],
  [
    'access_denied ekm_access_denied posting_to_channel_denied restricted_action restricted_action_non_threadable_channel ' +
      'restricted_action_read_only_channel restricted_action_thread_only_channel',
    RESTRICTED,
  ],
  ['restricted_action_thread_locked', { reason: 'an admin has locked the thread' }],
  ['accesslimited', { reason: 'the workspace only lets certain networks call it; ask its admin' }],
  [
    'channel_not_found invalid_channel',
    { reason: 'the channel does not exist (any more), or the bot cannot see it: /invite the bot there' },
  ],
  ['not_in_channel', { reason: 'the bot is not in the channel; /invite it there' }],
  ['no_permission', { reason: 'the bot may not post there; /invite it' }],
  ['is_archived', ARCHIVED],
  ['messages_tab_disabled', { reason: 'the app takes no direct messages; switch on its Messages Tab under App Home' }],
  ['cannot_reply_to_message', { reason: 'the message that the thread begins with takes no replies' }],
  ['thread_not_found', { reason: 'the message that the thread begins with does not exist any more' }],
  ['message_not_found', { reason: 'the message was deleted' }],
  ['cant_update_message is_inactive', { reason: 'the message cannot be changed any more' }],
  [
    'edit_window_closed',
    { reason: 'the workspace allows no change of a message after so long a time; its admin can allow it' },
  ],
  ['message_limit_exceeded', { reason: 'the workspace has used up what its plan allows' }],
  ['invalid_attachments invalid_blocks invalid_blocks_format no_text', UNREADABLE],
  ['msg_blocks_too_long msg_too_long', TOO_LONG],
  ['file_deleted', { reason: 'the file was deleted; share it again' }],
  [
    'file_not_found',
    { reason: 'the file does not exist (any more), or the bot cannot see it; share it again where the bot is' },
  ],
  [
    'file_upload_size_restricted storage_limit_reached',
    { reason: 'the workspace takes no file of this size; send it another way', payloadRejected: true },
  ],
  [
    'file_type_not_allowed file_uploads_disabled file_uploads_except_images_disabled',
    {
      reason: 'the workspace does not take such a file; its admin can allow it, or send it another way',
      payloadRejected: true,
    },
  ],
  ['rate_limited ratelimited', THROTTLED],
  [
    'org_login_required team_added_to_org',
    { reason: 'the workspace is being moved to another organisation', retryable: true },
  ],
  [
    'fatal_error file_update_failed internal_error request_timeout service_unavailable',
    { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' },
  ],
]);

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
