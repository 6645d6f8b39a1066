import { createHmac } from 'node:crypto';
import { isObject, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { shapeOf } from './shape';

/** Open platform page "custom robots send group messages"; the error text itself names the limit. */
const MOST_BYTES = 20_000;
const HOUR = 3_600_000;
/** Not in the current error table, but in many logs: `send too fast, exceed 20 times per minute`. */
const PACE = { count: 20, windowMs: 60_000 };
/** Same page: over the limit, the robot is held for ten minutes. */
const SILENCE = 600_000;
/** Appended to every 310000 in the logs people post; newer clouds answer a Chinese sentence instead. */
const MORE = ', more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]';

function refuse(errcode: number, errmsg: string): WebhookResponse {
  return { status: 200, body: { errcode, errmsg }, outcome: 'refused' };
}

/** Their order is not documented; ours is from the outside in. Codes: the platform's global error table. */
const CHECKS = [checkDoor, checkToken, checkMessage, checkSecurity, checkPace];

/** What `oapi.dingtalk.com/robot/send` answers: HTTP 200 to everything, with the verdict in `errcode`. */
export function respond(call: WebhookRequest): WebhookResponse {
  const refusal = firstRejection(CHECKS, call);
  if (refusal) return refusal;
  const idempotencyKey = textAt(call.payload, 'msgUuid');
  const repeated = idempotencyKey !== '' && call.state.idempotencyKeys.has(idempotencyKey);
  if (idempotencyKey) call.state.idempotencyKeys.add(idempotencyKey);
  return { status: 200, body: { errcode: 0, errmsg: 'ok' }, outcome: repeated ? 'repeated' : 'shown' };
}

/** Of any of its webhooks. */
export function checkDoor({
  method,
  headers,
}: Pick<WebhookRequest, 'method' | 'headers'>): WebhookResponse | undefined {
  if (method !== 'POST') return refuse(43002, '需要POST请求');
  if (!isJson(headers)) return refuse(43004, '无效的HTTP HEADER Content-Type');
  return undefined;
}

function checkToken({ url, room }: WebhookRequest): WebhookResponse | undefined {
  if (!url.searchParams.get('access_token')) return refuse(40035, '缺少参数 access_token');
  // 300001 in older logs and tables, 300005 in a live probe of 2026.
  return room ? undefined : refuse(300005, 'token is not exist');
}

/** What is wrong with the message itself. */
export function checkMessage({ payload, body }: Pick<WebhookRequest, 'payload' | 'body'>): WebhookResponse | undefined {
  if (!payload) return refuse(40035, '缺少参数 json');
  if (body.length > MOST_BYTES) return refuse(460101, 'message too long, exceed 20000 bytes');
  const shape = shapeOf(textAt(payload, 'msgtype'));
  if (!shape) return refuse(400105, 'unsupported msgtype');
  const content = payload[textAt(payload, 'msgtype')];
  const missing = isObject(content) ? shape.missing(content) : 'json';
  // The code is documented; that a missing field of the message is reported with it is our reading.
  return missing ? refuse(40035, `缺少参数 ${missing}`) : undefined;
}

/** Sign: HMAC-SHA256 keyed with the secret over `timestamp\nsecret`, base64, milliseconds, one hour either way. */
function checkSecurity({ url, room, payload, at }: WebhookRequest): WebhookResponse | undefined {
  if (room?.secret) {
    const timestamp = url.searchParams.get('timestamp');
    const sign = url.searchParams.get('sign');
    // A robot in sign mode that is sent no signature at all says this too.
    if (!timestamp || !sign) return refuse(310000, `sign not match${MORE}`);
    if (!(Math.abs(at - Number(timestamp)) <= HOUR)) return refuse(310000, `invalid timestamp${MORE}`);
    if (sign !== signatureOf(timestamp, room.secret)) return refuse(310000, `sign not match${MORE}`);
  }
  // Whether a keyword in the title alone is enough is not documented, so it is not enough here.
  const words = shapeOf(textAt(payload, 'msgtype'))?.words(payload?.[textAt(payload, 'msgtype')]) ?? '';
  return room?.keyword && !words.includes(room.keyword) ? refuse(310000, `keywords not in content${MORE}`) : undefined;
}

/** What a robot with a signing secret wants to see in `sign`. */
export function signatureOf(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Whether refused requests count is not documented; here only what passed everything else does. */
function checkPace({ state, at }: WebhookRequest): WebhookResponse | undefined {
  const silent = state.limits === 'real' && at < state.blockedUntil;
  if (!silent && waitMs(state, at, [PACE]) === 0) return undefined;
  if (!silent) state.blockedUntil = at + SILENCE;
  return refuse(130101, 'send too fast, exceed 20 times per minute');
}
