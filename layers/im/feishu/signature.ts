import { createHash, timingSafeEqual } from 'node:crypto';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';

/** Milliseconds. How old a signed request may be is not documented; five minutes is what Slack allows. */
const WINDOW = 5 * 60_000;
/** Ten digits and no others: timestamp and nonce are signed without anything between them. */
const SECONDS = /^\d{10}$/;

/** SHA-256 with the Encrypt Key for events and new card callbacks, SHA-1 with the Verification Token for the old card callback. */
export type Hash = 'sha256' | 'sha1';

/**
 * When a signed request was sent, in ms since 1970: hex of hash(timestamp + nonce + key + raw body), page "接收事件"
 * (SHA-256) and page "配置回调请求地址" (SHA-1) of open.feishu.cn. Throws ForgedRequest.
 */
export function checkSignature({ headers, body }: CallbackRequest, hash: Hash, key: string, now: number): number {
  const timestamp = headers['x-lark-request-timestamp'] ?? '';
  const signature = headers['x-lark-signature'] ?? '';
  if (!signature) throw new ForgedRequestError('it is not signed');
  if (!SECONDS.test(timestamp)) throw new ForgedRequestError('its timestamp is not one in seconds');
  const nonce = headers['x-lark-request-nonce'] ?? '';
  if (!isSame(signature, sign(hash, timestamp + nonce + key, body)))
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

function sign(hash: Hash, prefix: string, body: Buffer): string {
  return createHash(hash).update(prefix).update(body).digest('hex');
}
