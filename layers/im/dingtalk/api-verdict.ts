import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorRow,
  type ErrorTable,
  fieldOf,
  numericCode,
  rejectionForCode,
  rejectionForUnreadable,
} from '../errors';
import { listAt, textAt } from './fields';
import { parseResponse } from './verdict';

/** How long to wait is documented for none of them but the first kind: sleep for a second. */
const QPS: ErrorRow = { reason: 'too many calls in a second', retryable: true, retryAfterSeconds: 1, throttled: true };
const TOO_FAST: ErrorRow = {
  reason: 'too many messages of this robot',
  retryable: true,
  retryAfterSeconds: 60,
  throttled: true,
};
const STALE: ErrorRow = { reason: 'it does not accept the access token', retryable: true };
const NOT_OURS: ErrorRow = {
  reason: 'robotCode is not the robot of this app; enter the one from its Robot page, and publish the app',
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
const NOT_ALLOWED_TO_WRITE: ErrorRow = { reason: 'the robot may not write here; ask an administrator of the group' };
const NO_CHAT: ErrorRow = { reason: 'the robot cannot write to this person first; let them write to it once' };
const IP_LIST: ErrorRow = {
  reason: "the app's list of server addresses does not hold ours; empty it under Security Settings",
};
const NO_FILE: ErrorRow = { reason: 'it does not give out this file any more; share it once more' };
const UNSAFE: ErrorRow = { reason: 'its content check took offence at the message', payloadRejected: true };
const UNFIT: ErrorRow = { reason: 'it could not read the message', payloadRejected: true };
const TROUBLE: ErrorRow = { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' };

/**
 * Of "the-robot-sends-a-group-message", "chatbots-send-one-on-one-chat-messages-in-batches",
 * "download-the-file-content-of-the-robot-receiving-message", "server-api-error-codes" and logs.
 */
const ERRORS: ErrorTable = {
  invalidClientIdOrSecret: {
    reason:
      'Client ID and Client Secret do not belong together; copy both again from Credentials in the developer console',
  },
  InvalidAuthentication: STALE,
  'AuthenticationFailed.MissingParameter': STALE,
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': FORBIDDEN,
  'Forbidden.AccessDenied.IpNotInWhiteList': IP_LIST,
  'ip.not.match': IP_LIST,
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': QPS,
  'Forbidden.AccessDenied.QpsLimitForApi': QPS,
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi': {
    ...QPS,
    reason: 'too many calls in a minute',
    retryAfterSeconds: 60,
  },
  'Forbidden.AccessDenied.ApiCountLimitForOrg': {
    reason: "the organisation's quota of API calls is used up for this month; an administrator can buy more of it",
  },
  apiPermissionDenied: FORBIDDEN,
  unauthorized: FORBIDDEN,
  'auth.error': FORBIDDEN,
  'send.too.fast': TOO_FAST,
  'send.byToken.tooFast': TOO_FAST,
  'too.many.group': TOO_FAST,
  'too.many.people': TOO_FAST,
  'invalidParameter.robotCode.downloadCode': NO_FILE,
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
  'send.forbidden': NOT_ALLOWED_TO_WRITE,
  'bot.forbidden.sendMessage': NOT_ALLOWED_TO_WRITE,
  'staffId.notExisted': { reason: 'nobody in the organisation has this user id (any more)' },
  'robot.oto.notExist': NO_CHAT,
  'unknown.send.result': TROUBLE,
  'system.error': TROUBLE,
};

/** Whole families of codes. */
const FAMILIES: readonly (readonly [beginning: string, row: ErrorRow])[] = [
  ['invalidParameter.robotCode.', NOT_OURS],
  ['invalidParameter.msg', UNFIT],
  ['miss.param.', UNFIT],
  ['invalid.param.', UNFIT],
  ['contain.', UNSAFE],
];

const STATUSES: ErrorTable = {
  400: { reason: 'it could not read the call' },
  401: STALE,
  403: FORBIDDEN,
  404: { reason: 'there is no such call' },
  408: TROUBLE,
  429: QPS,
};

/** The verdict of `api.dingtalk.com`: unlike the older API it uses HTTP statuses, and its codes are words. */
export function apiVerdict(answer: HttpResponse): Rejection | undefined {
  const { body, status } = answer;
  if (numericCode(body, 'status') === 1111) return parseResponse(answer);
  const isFine = status >= 200 && status < 300;
  const code = textAt(body, 'code');
  if (isFine && !code) return typeof body === 'object' && body !== null ? undefined : rejectionForUnreadable(answer);
  const row = rowOf(code, status);
  return rejectionForCode(code || `HTTP ${status}`, wordsOf(body), { [code || `HTTP ${status}`]: row });
}

function rowOf(code: string, status: number): ErrorRow {
  if (Object.hasOwn(ERRORS, code)) return ERRORS[code] ?? TROUBLE;
  const family = FAMILIES.find(([beginning]) => code.startsWith(beginning));
  if (family) return family[1];
  return STATUSES[status] ?? (status >= 500 ? TROUBLE : { reason: 'it refused the call' });
}

/** A missing permission is named beside the words, and there only. */
function wordsOf(body: unknown): string {
  const scopes = listAt(fieldOf(body, 'accessdenieddetail'), 'requiredScopes').filter(
    (scope) => typeof scope === 'string',
  );
  return [textAt(body, 'message'), ...scopes].filter((words) => words !== '').join(' ');
}
