import { createHash, timingSafeEqual } from 'node:crypto';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';

/** Milliseconds. How old a signed request may be is not documented; five minutes is what Slack allows. */
const WINDOW = 5 * 60_000;
/** Ten digits and no others: timestamp and nonce are signed without anything between them. */
const SECONDS = /^\d{10}$/;

/**
 * When a signed request was sent, in ms since 1970: hex of SHA-256(timestamp + nonce + encryptKey + raw body), page
 * "接收事件" of open.feishu.cn. Throws ForgedRequest.
 */
export function checkSignature({ headers, body }: CallbackRequest, encryptKey: string, now: number): number {
  const timestamp = headers['x-lark-request-timestamp'] ?? '';
  const signature = headers['x-lark-signature'] ?? '';
  if (!signature) throw new ForgedRequestError('it is not signed');
  if (!SECONDS.test(timestamp)) throw new ForgedRequestError('its timestamp is not one in seconds');
  const nonce = headers['x-lark-request-nonce'] ?? '';
  if (!isSame(signature, sign(timestamp + nonce + encryptKey, body)))
    throw new ForgedRequestError('its signature is wrong');
  const at = Number(timestamp) * 1000;
  if (Math.abs(now - at) > WINDOW) throw new ForgedRequestError('it was signed more than five minutes from now');
  return at;
}

/** Whether two secrets are the same; takes the same time whatever they hold. An empty one is like no other. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b) && expected !== '';
}

function sign(prefix: string, body: Buffer): string {
  return createHash('sha256').update(prefix).update(body).digest('hex');
}
