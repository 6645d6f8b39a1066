import { createHmac } from 'node:crypto';
import { everyObject, isObject, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { cardError } from './card-rules';

/** Of the whole request: custom bot guide. (A log of 2021 shows code 19036 and 30 KB instead.) */
const MAX_BYTES = 20 * 1024;
const HOUR_S = 3600;
/** Per tenant and bot: API call guide. */
const RATE_LIMITS = [
  { count: 100, windowMs: 60_000 },
  { count: 5, windowMs: 1000 },
];
const SUCCESS = { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success', Extra: null };
const CONTENT_FIELDS: Record<string, string> = {
  text: 'text',
  post: 'post',
  image: 'image_key',
  share_chat: 'share_chat_id',
};

function reject(code: number, msg: string, status = 200): WebhookResponse {
  return { status, body: { code, data: {}, msg }, outcome: 'rejected' };
}

/** The one rejection with a real HTTP status, at least from some of its servers. */
const BAD_REQUEST = reject(9499, 'Bad Request', 400);

const CHECKS = [checkRequest, checkSignature, checkKeyword, checkContent, checkRate];

/** The response of `/open-apis/bot/v2/hook/<token>`, of Feishu or Lark: mostly HTTP 200 with the result in `code`. */
export function respond(request: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, request) ?? { status: 200, body: SUCCESS, outcome: 'posted' };
}

function checkRequest({ method, headers, room, payload, body }: WebhookRequest): WebhookResponse | undefined {
  if (!room) return reject(19001, 'param invalid: incoming webhook access token invalid');
  const isReadable = method === 'POST' && isJson(headers) && payload && body.length <= MAX_BYTES;
  return isReadable ? undefined : BAD_REQUEST;
}

/**
 * HMAC-SHA256 over nothing, keyed with `timestamp\nsecret`; seconds, as text, in the body, at most an hour off. Whether a
 * timestamp as a number is accepted is not documented; here it is not.
 */
function checkSignature({ payload, room, at }: WebhookRequest): WebhookResponse | undefined {
  if (!room?.secret) return undefined;
  const timestamp = textAt(payload, 'timestamp');
  const isRecent = timestamp !== '' && Math.abs(at / 1000 - Number(timestamp)) <= HOUR_S;
  if (isRecent && textAt(payload, 'sign') === signatureOf(timestamp, room.secret)) return undefined;
  return reject(19021, 'sign match fail or timestamp is not within one hour from current time');
}

/** The `sign` for a bot's secret. */
export function signatureOf(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}

/** Keywords must occur in text-like values, not in the URL of a link: custom bot guide. */
function checkKeyword({ payload, room }: WebhookRequest): WebhookResponse | undefined {
  const { keyword } = room ?? {};
  if (!keyword) return undefined;
  const texts = everyObject(payload).flatMap((object) => [object.text, object.title, object.content]);
  const hasKeyword = texts.some((text) => typeof text === 'string' && text.includes(keyword));
  return hasKeyword ? undefined : reject(19024, 'Key Words Not Found');
}

function checkContent({ payload }: WebhookRequest): WebhookResponse | undefined {
  const type = textAt(payload, 'msg_type');
  if (type === 'interactive') {
    const error = cardError(payload?.card);
    return error ? reject(11246, error) : undefined;
  }
  const field = Object.hasOwn(CONTENT_FIELDS, type) ? CONTENT_FIELDS[type] : undefined;
  const content = payload?.content;
  return field && isObject(content) && content[field] ? undefined : BAD_REQUEST;
}

function checkRate({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, RATE_LIMITS) === 0
    ? undefined
    : reject(11232, 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]');
}
