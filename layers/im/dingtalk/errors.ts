import type { HttpResponse, Rejection } from '../channel';
import {
  DeliveryError,
  type ErrorRow,
  type ErrorTable,
  numericCode,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';
import { isJsonRecord, listAt, textAt } from '../json';

/** Over 20 messages a minute the robot is blocked for ten minutes; an earlier retry is rejected without effect. */
const BLOCKED_ROBOT: ErrorRow = {
  reason: 'too many messages for this robot',
  retryable: true,
  retryAfterSeconds: 600,
  throttled: true,
};
const UNKNOWN_TOKEN: ErrorRow = { reason: 'there is no robot with this access_token; copy the webhook url again' };
const UNSAFE: ErrorRow = { reason: 'its content check rejects the message', payloadRejected: true };
const TOO_LONG: ErrorRow = { reason: 'the message is over 20000 bytes', payloadRejected: true };

/** From "custom-robots-send-group-messages" of open.dingtalk.com, and 130101, 300001, 300005, 101002 from logs. */
const WEBHOOK_ERRORS: ErrorTable = {
  '-1': { reason: 'it is busy', retryable: true },
  '40035': { reason: 'the webhook url lacks its access_token; copy it again' },
  '43002': { reason: 'it requires a POST' },
  '43004': { reason: 'it requires JSON' },
  '101002': TOO_LONG,
  '130101': BLOCKED_ROBOT,
  '300001': UNKNOWN_TOKEN,
  '300005': UNKNOWN_TOKEN,
  '400013': { reason: 'the group was dissolved; remove this target' },
  '400101': UNKNOWN_TOKEN,
  '400102': { reason: 'the robot is disabled; enable it in the group settings' },
  '400105': { reason: 'it does not support this kind of message', payloadRejected: true },
  '400106': { reason: 'the robot is not in the group any more; add it again' },
  '410100': BLOCKED_ROBOT,
  '430101': UNSAFE,
  '430102': UNSAFE,
  '430103': UNSAFE,
  '430104': UNSAFE,
  '460101': TOO_LONG,
};

/** 310000 is four errors in one; only the text distinguishes them, in English from older servers, in Chinese from newer. */
const SECURITY_ERRORS: readonly (readonly [text: RegExp, row: ErrorRow])[] = [
  [/keyword|关键词/i, { reason: 'the robot requires one of its keywords; enter one of them as keyword' }],
  [/timestamp|时间戳/i, { reason: 'the signature is over an hour old; set the clock' }],
  [/sign|签名/i, { reason: 'the signature is wrong; enter the SEC... secret of this robot' }],
  [
    /\bip\b|whitelist|白名单/i,
    { reason: 'the robot allows only certain IP addresses; let it use a signature instead' },
  ],
  [/(?:)/, { reason: "the robot's security settings reject the message; check keyword and secret" }],
];

/** More than 10,000 calls in 20 seconds from one address: blocked for five minutes, in a response of another form. */
const BLOCKED_ADDRESS: ErrorRow = {
  reason: 'this IP address called too often and is blocked',
  retryable: true,
  retryAfterSeconds: 300,
  throttled: true,
};

/** Webhooks answer every rejection with HTTP 200. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const { body, status } = response;
  const code = numericCode(body, 'errcode');
  if (code === 0) return undefined;
  if (code === undefined) return parseWithoutCode(response);
  const message = textAt(body, 'errmsg');
  if (code !== 310000) return rejectionForCode(String(code), message, WEBHOOK_ERRORS, status);
  const row = SECURITY_ERRORS.find(([text]) => text.test(message))?.[1];
  return rejectionForCode('310000', message, row ? { '310000': row } : {});
}

function parseWithoutCode(response: HttpResponse): Rejection | undefined {
  if (numericCode(response.body, 'status') === 1111) return rejectionForCode('1111', '', { '1111': BLOCKED_ADDRESS });
  return rejectionForStatus(response) ?? rejectionForUnreadable(response);
}

/** How long to wait is documented for this one only: a second. */
const TOO_MANY_CALLS: ErrorRow = {
  reason: 'too many calls in a second',
  retryable: true,
  retryAfterSeconds: 1,
  throttled: true,
};
const TOO_MANY_MESSAGES: ErrorRow = {
  reason: 'too many messages of this robot',
  retryable: true,
  retryAfterSeconds: 60,
  throttled: true,
};
const STALE_TOKEN: ErrorRow = { reason: 'it does not accept the access token', retryable: true };
const OTHER_ROBOT: ErrorRow = {
  reason: 'robotCode is not the robot of this app; enter the code from its Robot page, and publish the app',
};
const NO_ROBOT: ErrorRow = {
  reason:
    'it does not know the robot; add the Robot capability to the app, publish a version, and add the robot to the group',
};
const NO_GROUP: ErrorRow = { reason: 'it does not know this group; add the robot to it, and write to it there once' };
const DISABLED: ErrorRow = {
  reason: 'the robot is disabled; enable it on the Robot page of the app, and publish a version',
};
const FORBIDDEN: ErrorRow = {
  reason:
    'the app lacks a permission; grant it under Permission Management in the developer console, and publish a version',
};
const MAY_NOT_WRITE: ErrorRow = { reason: 'the robot may not write here; ask an administrator of the group' };
const IP_NOT_ALLOWED: ErrorRow = {
  reason: "the app's list of server addresses does not contain ours; empty it under Security Settings",
};
const UNREADABLE: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const INTERNAL_ERROR: ErrorRow = { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' };

/**
 * Of "the-robot-sends-a-group-message", "chatbots-send-one-on-one-chat-messages-in-batches",
 * "download-the-file-content-of-the-robot-receiving-message", "server-api-error-codes" and logs.
 */
const API_ERRORS: ErrorTable = {
  invalidClientIdOrSecret: {
    reason:
      'Client ID and Client Secret do not belong together; copy both again from Credentials in the developer console',
  },
  InvalidAuthentication: STALE_TOKEN,
  'AuthenticationFailed.MissingParameter': STALE_TOKEN,
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': FORBIDDEN,
  'Forbidden.AccessDenied.IpNotInWhiteList': IP_NOT_ALLOWED,
  'ip.not.match': IP_NOT_ALLOWED,
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': TOO_MANY_CALLS,
  'Forbidden.AccessDenied.QpsLimitForApi': TOO_MANY_CALLS,
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi': {
    reason: 'too many calls in a minute',
    retryable: true,
    retryAfterSeconds: 60,
    throttled: true,
  },
  'Forbidden.AccessDenied.ApiCountLimitForOrg': {
    reason: "the organisation's quota of API calls is used up for this month; an administrator can buy more of it",
  },
  apiPermissionDenied: FORBIDDEN,
  unauthorized: FORBIDDEN,
  'auth.error': FORBIDDEN,
  'send.too.fast': TOO_MANY_MESSAGES,
  'send.byToken.tooFast': TOO_MANY_MESSAGES,
  'too.many.group': TOO_MANY_MESSAGES,
  'too.many.people': TOO_MANY_MESSAGES,
  'invalidParameter.robotCode.downloadCode': { reason: 'it no longer provides this file; share it once more' },
  'invalidParameter.robotCode.notExsit': NO_ROBOT,
  'invalidParameter.robotCode.empty': NO_ROBOT,
  'template.not.existed': NO_ROBOT,
  'resource.not.found': NO_ROBOT,
  'invalid.openConversationId': NO_GROUP,
  'miss.openConversationId': NO_GROUP,
  'conversation.org.notMatch': NO_GROUP,
  'group.disbanded': { reason: 'the group was dissolved' },
  'bot.stopped': DISABLED,
  'template.stopped': DISABLED,
  'resource.unavailable': DISABLED,
  'chatbotId.notAllow.sendOTO': DISABLED,
  'send.forbidden': MAY_NOT_WRITE,
  'bot.forbidden.sendMessage': MAY_NOT_WRITE,
  'staffId.notExisted': { reason: 'the organisation has no member with this user id (any more)' },
  'robot.oto.notExist': { reason: 'the robot cannot write to this person first; let them write to it once' },
  'unknown.send.result': INTERNAL_ERROR,
  'system.error': INTERNAL_ERROR,
};

/** Groups of codes by their beginning. */
const API_ERROR_PREFIXES: readonly (readonly [prefix: string, row: ErrorRow])[] = [
  ['invalidParameter.robotCode.', OTHER_ROBOT],
  ['invalidParameter.msg', UNREADABLE],
  ['miss.param.', UNREADABLE],
  ['invalid.param.', UNREADABLE],
  ['contain.', UNSAFE],
];

const API_STATUSES: ErrorTable = {
  400: { reason: 'it could not read the call' },
  401: STALE_TOKEN,
  403: FORBIDDEN,
  404: { reason: 'there is no such call' },
  408: INTERNAL_ERROR,
  429: TOO_MANY_CALLS,
};

/** `api.dingtalk.com`: unlike the legacy API it uses HTTP statuses, and its codes are names. */
export function parseApiResponse(response: HttpResponse): Rejection | undefined {
  const { body, status } = response;
  if (numericCode(body, 'status') === 1111) return parseResponse(response);
  const code = textAt(body, 'code');
  if (status >= 200 && status < 300 && !code) return isJsonRecord(body) ? undefined : rejectionForUnreadable(response);
  const name = code || `HTTP ${status}`;
  return rejectionForCode(name, apiMessage(body), { [name]: apiRow(code, status) });
}

function apiRow(code: string, status: number): ErrorRow {
  const row = Object.hasOwn(API_ERRORS, code) ? API_ERRORS[code] : undefined;
  const byPrefix = API_ERROR_PREFIXES.find(([prefix]) => code.startsWith(prefix))?.[1];
  const byStatus = API_STATUSES[status] ?? (status >= 500 ? INTERNAL_ERROR : undefined);
  return row ?? byPrefix ?? byStatus ?? { reason: 'it refused the call' };
}

/** A missing permission is named in addition to the message, and there only. */
function apiMessage(body: unknown): string {
  const scopes = listAt(body, 'accessdenieddetail', 'requiredScopes').filter((scope) => typeof scope === 'string');
  return [textAt(body, 'message'), ...scopes].filter((part) => part !== '').join(' ');
}

/** Of any legacy call: the global error codes ("server-api-error-codes-1"), and "how-to-process-api-throttling". */
const LEGACY_ERRORS: ErrorTable = {
  '-1': { reason: 'it is busy', retryable: true },
  '40014': STALE_TOKEN,
  '42001': STALE_TOKEN,
  '60020': IP_NOT_ALLOWED,
  '90002': TOO_MANY_CALLS,
  '90018': TOO_MANY_CALLS,
  '90020': { reason: "the organisation's quota of API calls is used up for this month" },
};

/**
 * The legacy API, `oapi.dingtalk.com`: HTTP 200 for everything, and a code in the body.
 * @param errors the codes of one call
 */
export function parseLegacyResponse(response: HttpResponse, errors: ErrorTable): Rejection | undefined {
  const { body, status } = response;
  const code = legacyCode(body);
  if (code === undefined || code === 0) return parseResponse(response);
  const message = textAt(body, 'sub_msg') || textAt(body, 'errmsg');
  return rejectionForCode(String(code), message, { ...LEGACY_ERRORS, ...errors }, status);
}

/** What is wrong with a token is in `sub_code` behind errcode 88. */
export function legacyCode(body: unknown): number | undefined {
  return numericCode(body, 'sub_code') ?? numericCode(body, 'errcode');
}

/** Either API's code for a token that ended before its time: another app fetched it, or the secret was renewed. */
const STALE_TOKEN_CODES = ['InvalidAuthentication', '40014', '42001'];

export function isStaleToken(error: unknown): boolean {
  return error instanceof DeliveryError && STALE_TOKEN_CODES.includes(error.code ?? '');
}
