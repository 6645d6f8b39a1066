import { isObject, textAt } from '../json';
import { firstRejection, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';

/** WeCom document path/91770: the most UTF-8 bytes of `content`. */
const MOST_BYTES: Record<string, number> = { text: 2048, markdown: 4096, markdown_v2: 4096 };
const OTHERS = new Set(['image', 'news', 'file', 'voice', 'template_card']);
/** Same document: per robot and minute. That failed attempts count too is one developer's observation. */
const PACE = { count: 20, windowMs: 60_000 };

/** Refusals end in a hint for WeCom's support and the sender's address; code should read `errcode` only. */
function refuse(errcode: number, errmsg: string): WebhookResponse {
  const more = `hint: [1720000000000000000000000], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`;
  return { status: 200, body: { errcode, errmsg: `${errmsg}, ${more}` }, outcome: 'refused' };
}

const CHECKS = [checkKey, checkPace, checkMessage];

/** What `/cgi-bin/webhook/send?key=` answers: HTTP 200 to everything, with the verdict in `errcode`. */
export function respond(call: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, call) ?? { status: 200, body: { errcode: 0, errmsg: 'ok' }, outcome: 'shown' };
}

/** The global error table has 43002 for it; that a robot's webhook uses it is our guess. Content types go unchecked. */
function checkKey({ method, room }: WebhookRequest): WebhookResponse | undefined {
  if (method !== 'POST') return refuse(43002, 'require POST method');
  return room ? undefined : refuse(93000, 'invalid webhook url');
}

function checkPace({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, [PACE]) === 0 ? undefined : refuse(45009, 'api freq out of limit');
}

function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  if (!payload) return refuse(47001, 'data format error');
  const msgtype = textAt(payload, 'msgtype');
  const content = payload[msgtype];
  if (OTHERS.has(msgtype)) return isObject(content) ? undefined : refuse(44004, 'empty content');
  const most = Object.hasOwn(MOST_BYTES, msgtype) ? MOST_BYTES[msgtype] : undefined;
  if (most === undefined) return refuse(40008, 'invalid message type');
  const bytes = Buffer.byteLength(textAt(content, 'content'));
  if (bytes === 0) return refuse(44004, 'empty content');
  return bytes > most
    ? refuse(40058, `${msgtype}.content exceed max length ${most}. invalid Request Parameter`)
    : undefined;
}
