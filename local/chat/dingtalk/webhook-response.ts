import { createHmac } from 'node:crypto';
import { isObject, type Json, objectsAt, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';

/** Page "custom robots send group messages"; the error text names the limit, too. */
const MAX_BYTES = 20_000;
const HOUR_MS = 3_600_000;
/** Not in the current error table, but in many logs: `send too fast, exceed 20 times per minute`. */
const RATE_LIMIT = { count: 20, windowMs: 60_000 };
/** A robot over the limit is blocked for ten minutes: the same page. */
const BLOCKED_MS = 600_000;
/** The end of every 310000 in logs; newer clouds return a Chinese sentence instead. */
const MORE = ', more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]';

function reject(errcode: number, errmsg: string): WebhookResponse {
  return { status: 200, body: { errcode, errmsg }, outcome: 'rejected' };
}

/** Their real order is not documented. Codes: the platform's global error table. */
const CHECKS = [checkRequest, checkToken, checkMessage, checkSecurity, checkRate];

/** The response of `oapi.dingtalk.com/robot/send`: always HTTP 200, with the result in `errcode`. */
export function respond(request: WebhookRequest): WebhookResponse {
  const rejection = firstRejection(CHECKS, request);
  if (rejection) return rejection;
  const { idempotencyKeys } = request.state;
  const key = textAt(request.payload, 'msgUuid');
  const isDuplicate = key !== '' && idempotencyKeys.has(key);
  if (key) idempotencyKeys.add(key);
  return { status: 200, body: { errcode: 0, errmsg: 'ok' }, outcome: isDuplicate ? 'duplicate' : 'posted' };
}

/** The same for a session webhook. */
export function checkRequest({
  method,
  headers,
}: Pick<WebhookRequest, 'method' | 'headers'>): WebhookResponse | undefined {
  if (method !== 'POST') return reject(43002, '需要POST请求');
  return isJson(headers) ? undefined : reject(43004, '无效的HTTP HEADER Content-Type');
}

function checkToken({ url, room }: WebhookRequest): WebhookResponse | undefined {
  if (!url.searchParams.get('access_token')) return reject(40035, '缺少参数 access_token');
  // 300001 in older logs and tables, 300005 in a live test of 2026.
  return room ? undefined : reject(300005, 'token is not exist');
}

/** The same for a session webhook. */
export function checkMessage({ payload, body }: Pick<WebhookRequest, 'payload' | 'body'>): WebhookResponse | undefined {
  if (!payload) return reject(40035, '缺少参数 json');
  if (body.length > MAX_BYTES) return reject(460101, 'message too long, exceed 20000 bytes');
  const msgtype = textAt(payload, 'msgtype');
  if (!isMessageType(msgtype)) return reject(400105, 'unsupported msgtype');
  const content = payload[msgtype];
  const missing = isObject(content) ? TYPES[msgtype]?.missing(content) : 'json';
  // The code is documented; that it is for a missing field of the message is a guess.
  return missing ? reject(40035, `缺少参数 ${missing}`) : undefined;
}

/** HMAC-SHA256 keyed with the secret over `timestamp\nsecret`, base64; milliseconds, at most an hour off. */
function checkSecurity({ url, room, payload, at }: WebhookRequest): WebhookResponse | undefined {
  if (room?.secret) {
    const timestamp = url.searchParams.get('timestamp');
    const sign = url.searchParams.get('sign');
    // A robot with a secret says this for a request without a signature, too.
    if (!timestamp || !sign) return reject(310000, `sign not match${MORE}`);
    if (!(Math.abs(at - Number(timestamp)) <= HOUR_MS)) return reject(310000, `invalid timestamp${MORE}`);
    if (sign !== signatureOf(timestamp, room.secret)) return reject(310000, `sign not match${MORE}`);
  }
  // Whether a keyword in the title is enough is not documented, so here it is not.
  const msgtype = textAt(payload, 'msgtype');
  const text = TYPES[msgtype]?.text(payload?.[msgtype]) ?? '';
  return room?.keyword && !text.includes(room.keyword) ? reject(310000, `keywords not in content${MORE}`) : undefined;
}

/** The `sign` for a robot's secret. */
export function signatureOf(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Whether rejected requests count is not documented; here only those count that passed all other checks. */
function checkRate({ state, at }: WebhookRequest): WebhookResponse | undefined {
  const isBlocked = state.limits === 'real' && at < state.blockedUntil;
  if (!isBlocked && waitMs(state, at, [RATE_LIMIT]) === 0) return undefined;
  if (!isBlocked) state.blockedUntil = at + BLOCKED_MS;
  return reject(130101, 'send too fast, exceed 20 times per minute');
}

interface MessageType {
  /** The first required field that is absent. */
  missing(content: Json): string | undefined;
  /** The text that must contain the keyword. */
  text(content: unknown): string;
}

/** Page "robot message type". */
const TYPES: Record<string, MessageType> = {
  text: requires('content'),
  markdown: requires('title', 'text'),
  link: requires('title', 'text', 'messageUrl'),
  actionCard: { missing: missingInCard, text: (content) => textAt(content, 'text') },
  feedCard: {
    missing: (content) => (objectsAt(content, 'links').length ? undefined : 'links'),
    text: (content) => {
      const titles = objectsAt(content, 'links').map((link) => textAt(link, 'title'));
      return titles.join('\n');
    },
  },
};

export function isMessageType(msgtype: string): boolean {
  return Object.hasOwn(TYPES, msgtype);
}

function requires(...fields: string[]): MessageType {
  return {
    missing: (content) => fields.find((field) => !textAt(content, field)),
    text: (content) => textAt(content, 'content') || textAt(content, 'text'),
  };
}

/** One button by `singleTitle` and `singleURL`, or several by `btns`, which are ignored if there is the first. */
function missingInCard(card: Json): string | undefined {
  const absent = ['title', 'text'].find((field) => !textAt(card, field));
  if (absent) return absent;
  if (textAt(card, 'singleTitle')) return textAt(card, 'singleURL') ? undefined : 'singleURL';
  const buttons = objectsAt(card, 'btns');
  if (buttons.length === 0) return 'btns';
  return ['title', 'actionURL'].find((field) => buttons.some((button) => !textAt(button, field)));
}
