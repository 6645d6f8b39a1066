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
import { textAt } from '../json';

/** 5 a second and 100 a minute for one bot, and system-wide limits on the full and half hour. */
const THROTTLED: ErrorRow = {
  reason: 'too many messages for this bot',
  retryable: true,
  retryAfterSeconds: 5,
  throttled: true,
};
const TOO_LONG: ErrorRow = { reason: 'the message is too long for it', payloadRejected: true };
const CARD_REJECTED: ErrorRow = {
  reason: 'it rejects the card; where it mentions everyone, the group may allow that to its owner only',
  payloadRejected: true,
};

/** 19021, 19022, 19024 and 11232: custom bot guide of open.feishu.cn; 230025 and 230099: its message API; others: logs. */
const WEBHOOK_ERRORS: ErrorTable = {
  '9499': { reason: 'it could not read the message', payloadRejected: true },
  '11232': THROTTLED,
  '11246': CARD_REJECTED,
  '19001': { reason: 'there is no bot with this webhook url; copy it again' },
  '19021': { reason: 'the signature is wrong or over an hour old; enter the secret of this bot, and set the clock' },
  '19022': { reason: 'the bot allows only certain IP addresses; let it use a signature instead' },
  '19024': { reason: 'the bot requires one of its keywords; enter one of them as keyword' },
  '19036': TOO_LONG,
  '230025': TOO_LONG,
  '230099': CARD_REJECTED,
};

/** Feishu answers most rejections with HTTP 200; `StatusCode` is the former name of `code`. */
export function parseResponse(response: HttpResponse): Rejection | undefined {
  const { body, status } = response;
  const code = numericCode(body, 'code') ?? numericCode(body, 'StatusCode');
  if (code === undefined) return rejectionForStatus(response) ?? rejectionForUnreadable(response);
  if (code === 0) return rejectionForStatus(response);
  const message = textAt(body, 'msg') || textAt(body, 'StatusMessage');
  if (/frequency/i.test(message)) return rejectionForCode(String(code), message, { [code]: THROTTLED });
  if (status >= 500 || status === 429) return rejectionForStatus(response);
  return rejectionForCode(String(code), message, WEBHOOK_ERRORS, status);
}

const TOO_MANY_CALLS: ErrorRow = {
  reason: 'too many calls of this app',
  retryable: true,
  retryAfterSeconds: 1,
  throttled: true,
};
const WRONG_SECRET: ErrorRow = {
  reason: 'it does not accept this appId with this appSecret; copy both again from the developer console',
};
const STALE_TOKEN: ErrorRow = { reason: 'it no longer accepts its own token', retryable: true };
const NO_BOT: ErrorRow = {
  reason: 'the app is not a bot; add the bot ability in the developer console and release a version',
};
const NOT_IN_GROUP: ErrorRow = { reason: 'the bot is not in this group; add it in the group settings' };
const UNKNOWN_CHAT: ErrorRow = { reason: 'it does not know this chat' };
const UNAVAILABLE: ErrorRow = {
  reason:
    'the app is not available to a member of this chat; widen its availability in the developer console and release a version',
};
const MAY_NOT_SPEAK: ErrorRow = { reason: 'the bot may not speak there; check who may speak in the group settings' };
const EXTERNAL: ErrorRow = {
  reason: 'this app may not manage groups with people of other organisations; leave them out',
};
const DISABLED: ErrorRow = { reason: 'the app is switched off in this organisation; let an administrator enable it' };
const MESSAGE_DELETED: ErrorRow = { reason: 'this message was recalled or deleted' };
const KEY_DELETED: ErrorRow = {
  reason: 'the encryption key of this organisation was deleted; ask an administrator',
};
const MISSING_PERMISSION: ErrorRow = {
  reason:
    'the app lacks a permission; grant it im:message:send_as_bot, im:message:readonly, im:resource, im:chat, im:chat.tabs:read, im:chat.tabs:write_only, contact:user.id:readonly in the developer console and release a version',
};

/**
 * Codes of open.feishu.cn: pages "通用错误码", "发送消息", "创建群", "添加会话标签页", "将用户或机器人拉入群聊", "更新应用发送的消息卡片",
 * "获取消息中的资源文件", "上传文件" and "上传图片". Without spread, so that a bundle of webhooks only leaves the table out.
 */
const API_ERRORS: ErrorTable = {
  '2200': { reason: 'it has an internal error', retryable: true, outcomeUnknown: 'unclear' },
  '10003': WRONG_SECRET,
  '10014': WRONG_SECRET,
  '10015': WRONG_SECRET,
  '11205': NO_BOT,
  '230001': { reason: 'it could not read the message or does not know the chat', payloadRejected: true },
  '230002': NOT_IN_GROUP,
  '230006': NO_BOT,
  '230011': MESSAGE_DELETED,
  '230013': UNAVAILABLE,
  '230017': { reason: 'the file is not one that this app has uploaded' },
  '230018': MAY_NOT_SPEAK,
  '230020': { reason: 'too many messages in this chat', retryable: true, retryAfterSeconds: 1, throttled: true },
  '230022': { reason: 'it found a sensitive word in the message' },
  '230025': TOO_LONG,
  '230027': MISSING_PERMISSION,
  '230028': { reason: 'the data protection of this organisation blocked it; ask an administrator to allow it' },
  '230029': { reason: 'this person has left the organisation' },
  '230031': { reason: 'the message is over 14 days old and cannot be updated; send it again' },
  '230034': UNKNOWN_CHAT,
  '230035': MAY_NOT_SPEAK,
  '230036': KEY_DELETED,
  '230038': { reason: 'it does not let apps write to people of other organisations' },
  '230049': {
    reason: 'this message is being sent already',
    retryable: true,
    outcomeUnknown: 'unclear',
    retryAfterSeconds: 1,
  },
  '230053': { reason: 'this person has muted the bot' },
  '230054': { reason: 'this group takes no cards', payloadRejected: true },
  '230055': { reason: 'the file was uploaded as another kind than it is sent as', payloadRejected: true },
  '230075': { reason: 'it does not let apps write into encrypted chats' },
  '230099': { reason: 'it rejects the card', payloadRejected: true },
  '230110': MESSAGE_DELETED,
  '232006': UNKNOWN_CHAT,
  '232009': { reason: 'this group was dissolved' },
  '232011': NOT_IN_GROUP,
  '232017': { reason: 'the bot is not an administrator of this group; let the owner make it one' },
  '232019': { reason: 'too many changes of this group', retryable: true, retryAfterSeconds: 1, throttled: true },
  '232023': { reason: 'it found a sensitive word in the name of the group' },
  '232024': UNAVAILABLE,
  '232025': NO_BOT,
  '232033': EXTERNAL,
  '232034': DISABLED,
  '232043': UNAVAILABLE,
  '232046': { reason: 'the group has 20 tabs, which is the maximum; remove one' },
  '232055': { reason: 'only administrators may pin tabs in this group; change that in the group settings' },
  '232068': { reason: 'this group is being created already', retryable: true, retryAfterSeconds: 1 },
  '232096': { reason: 'it is read-only for the moment', retryable: true, retryAfterSeconds: 60 },
  '234001': { reason: 'it does not know this file, or could not read the call', payloadRejected: true },
  '234002': {
    reason:
      'the app may not access files; grant it im:message:readonly and im:resource in the developer console and release a version',
  },
  '234003': { reason: 'this file is not in this message (any more)' },
  '234004': { reason: 'the bot is not in the chat where this was shared; add it in the group settings' },
  '234006': {
    reason: 'the file is too large for it: a bot may send files of 30 MB and pictures of 10 MB',
    payloadRejected: true,
  },
  '234007': NO_BOT,
  '234009': { reason: 'bots may not do this in a group with people of other organisations' },
  '234010': { reason: 'it takes no empty file', payloadRejected: true },
  '234011': { reason: 'it does not know this image format', payloadRejected: true },
  '234019': { reason: 'it could not check the permissions of the app', retryable: true, retryAfterSeconds: 1 },
  '234037': { reason: 'the file is over 100 MB, the maximum for bots; share it in parts, or as a link' },
  '234038': { reason: 'the message is confidential, or the group forbids downloads; share the file elsewhere' },
  '234039': { reason: 'the picture has too many pixels for it', payloadRejected: true },
  '234040': {
    reason:
      'the bot may not see messages from before it joined; share the file again, or let new members see the history',
  },
  '234041': KEY_DELETED,
  '234042': { reason: 'the storage of this organisation is full or out of order; ask an administrator' },
  '234043': { reason: 'bots cannot get files in cards and in forwarded conversations; share the file itself' },
  '99991400': TOO_MANY_CALLS,
  '99991401': { reason: 'the app allows only certain IP addresses; switch that off in its security settings' },
  '99991403': { reason: 'the calls of this month are used up; let an administrator upgrade the plan' },
  '99991661': STALE_TOKEN,
  '99991662': DISABLED,
  '99991663': STALE_TOKEN,
  '99991664': STALE_TOKEN,
  '99991665': STALE_TOKEN,
  '99991668': STALE_TOKEN,
  '99991671': STALE_TOKEN,
  '99991672': MISSING_PERMISSION,
  '99991673': DISABLED,
};

/** For undocumented codes, and for responses without one. */
const API_STATUSES: ErrorTable = {
  400: { reason: 'it could not read the call', payloadRejected: true },
  401: STALE_TOKEN,
  403: { reason: 'it forbids the call; check the permissions of the app in the developer console' },
  404: { reason: 'it does not know this part of its API' },
  429: TOO_MANY_CALLS,
};

/** The API's rejections come with any HTTP status; how long to wait is in a header. */
export function parseApiResponse(response: HttpResponse): Rejection | undefined {
  const rejection = apiRejection(response);
  const { 'x-ogw-ratelimit-reset': reset, 'retry-after': retryAfter } = response.headers;
  const seconds = Number(reset || retryAfter || Number.NaN);
  return rejection?.retryable && seconds > 0 ? { ...rejection, retryAfterSeconds: Math.ceil(seconds) } : rejection;
}

function apiRejection(response: HttpResponse): Rejection | undefined {
  const { body, status } = response;
  const code = numericCode(body, 'code');
  if (code === undefined) return rejectionForStatus(response, API_STATUSES) ?? rejectionForUnreadable(response);
  if (code === 0) return rejectionForStatus(response, API_STATUSES);
  const row = API_ERRORS[code] ?? API_STATUSES[status];
  if (!row && status >= 500) return rejectionForStatus(response);
  return rejectionForCode(String(code), textAt(body, 'msg'), { [code]: row ?? { reason: 'it refused the call' } });
}

/** Whether a new token may help. */
export function isStaleToken(error: unknown): boolean {
  return error instanceof DeliveryError && API_ERRORS[error.code ?? ''] === STALE_TOKEN;
}
