import { createHmac } from 'node:crypto';
import { everyObject, isObject, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { objectionTo } from './card';

/** Custom bot guide: the whole request, in bytes. (A log of 2021 shows code 19036 and 30 KB instead.) */
const MOST_BYTES = 20 * 1024;
const HOUR = 3600;
/** API call guide: per tenant and bot. */
const PACE = [
  { count: 100, windowMs: 60_000 },
  { count: 5, windowMs: 1000 },
];
const SUCCESS = { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success', Extra: null };
const CONTENT: Record<string, string> = { text: 'text', post: 'post', image: 'image_key', share_chat: 'share_chat_id' };

function refuse(code: number, msg: string, status = 200): WebhookResponse {
  return { status, body: { code, data: {}, msg }, outcome: 'refused' };
}

/** The one refusal that comes with a real HTTP status, at least from some of its servers. */
const BAD_REQUEST = refuse(9499, 'Bad Request', 400);

const CHECKS = [checkDoor, checkSignature, checkKeyword, checkContent, checkPace];

/** What `/open-apis/bot/v2/hook/<token>` answers, on Feishu's host or Lark's: mostly HTTP 200 with the verdict in `code`. */
export function respond(call: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, call) ?? { status: 200, body: SUCCESS, outcome: 'shown' };
}

function checkDoor({ method, headers, room, payload, body }: WebhookRequest): WebhookResponse | undefined {
  if (!room) return refuse(19001, 'param invalid: incoming webhook access token invalid');
  const readable = method === 'POST' && isJson(headers) && payload && body.length <= MOST_BYTES;
  return readable ? undefined : BAD_REQUEST;
}

/**
 * Sign: HMAC-SHA256 over nothing, keyed with `timestamp\nsecret`; seconds, as text, in the body, one hour either way.
 * Whether a timestamp that is a number passes is not documented; here it does not.
 */
function checkSignature({ payload, room, at }: WebhookRequest): WebhookResponse | undefined {
  if (!room?.secret) return undefined;
  const timestamp = textAt(payload, 'timestamp');
  const fresh = timestamp !== '' && Math.abs(at / 1000 - Number(timestamp)) <= HOUR;
  if (fresh && textAt(payload, 'sign') === signatureOf(timestamp, room.secret)) return undefined;
  return refuse(19021, 'sign match fail or timestamp is not within one hour from current time');
}

/** What a bot with a signing secret wants to see in `sign`. */
export function signatureOf(timestamp: string, secret: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}

/** Custom bot guide: keywords are looked for in text-like values only, not in a link's address. */
function checkKeyword({ payload, room }: WebhookRequest): WebhookResponse | undefined {
  const { keyword } = room ?? {};
  if (!keyword) return undefined;
  const words = everyObject(payload).flatMap((object) => [object.text, object.title, object.content]);
  const found = words.some((word) => typeof word === 'string' && word.includes(keyword));
  return found ? undefined : refuse(19024, 'Key Words Not Found');
}

function checkContent({ payload }: WebhookRequest): WebhookResponse | undefined {
  const kind = textAt(payload, 'msg_type');
  if (kind === 'interactive') {
    const objection = objectionTo(payload?.card);
    return objection ? refuse(11246, objection) : undefined;
  }
  const field = Object.hasOwn(CONTENT, kind) ? CONTENT[kind] : undefined;
  const content = payload?.content;
  return field && isObject(content) && content[field] ? undefined : BAD_REQUEST;
}

function checkPace({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, PACE) === 0
    ? undefined
    : refuse(11232, 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]');
}
