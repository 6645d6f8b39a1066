import { isObject, textAt } from '../json';
import { firstRejection, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';

/** The most UTF-8 bytes of `content`: document path/91770. */
const MAX_BYTES: Record<string, number> = { text: 2048, markdown: 4096, markdown_v2: 4096 };
const OTHER_TYPES = new Set(['image', 'news', 'file', 'voice', 'template_card']);
/** Per robot: the same document. One developer observed that failed attempts count, too. */
const RATE_LIMIT = { count: 20, windowMs: 60_000 };

/** Rejections end with a hint for WeCom's support and the sender's address; code should read `errcode` only. */
function reject(errcode: number, errmsg: string): WebhookResponse {
  const more = `hint: [1720000000000000000000000], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { status: 200, body: { errcode, errmsg: `${errmsg}, ${more}` }, outcome: 'rejected' };
}

const CHECKS = [checkKey, checkRate, checkMessage];

/** The response of `/cgi-bin/webhook/send?key=`: always HTTP 200, with the result in `errcode`. */
export function respond(request: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, request) ?? { status: 200, body: { errcode: 0, errmsg: 'ok' }, outcome: 'posted' };
}

/** 43002 is in the global error table; that a robot's webhook uses it is a guess. Content types are not checked. */
function checkKey({ method, room }: WebhookRequest): WebhookResponse | undefined {
  if (method !== 'POST') return reject(43002, 'require POST method');
  return room ? undefined : reject(93000, 'invalid webhook url');
}

function checkRate({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, [RATE_LIMIT]) === 0 ? undefined : reject(45009, 'api freq out of limit');
}

function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  if (!payload) return reject(47001, 'data format error');
  const msgtype = textAt(payload, 'msgtype');
  const content = payload[msgtype];
  if (OTHER_TYPES.has(msgtype)) return isObject(content) ? undefined : reject(44004, 'empty content');
  const maxBytes = Object.hasOwn(MAX_BYTES, msgtype) ? MAX_BYTES[msgtype] : undefined;
  if (maxBytes === undefined) return reject(40008, 'invalid message type');
  const bytes = Buffer.byteLength(textAt(content, 'content'));
  if (bytes === 0) return reject(44004, 'empty content');
  return bytes > maxBytes
    ? reject(40058, `${msgtype}.content exceed max length ${maxBytes}. invalid Request Parameter`)
    : undefined;
}
