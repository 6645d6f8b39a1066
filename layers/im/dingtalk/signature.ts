import { timingSafeEqual } from 'node:crypto';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';
import { sign } from './webhook';

/**
 * In milliseconds, either way. The document ("receive-message") has an hour; but the signature does not cover the body,
 * so a pair of headers that leaks is good for any body until then. Clocks of cloud machines do not differ by minutes.
 */
const WINDOW = 300_000;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Proves that the headers come from DingTalk, just now: `sign` is the base64 of HMAC-SHA256 over `timestamp\nappSecret`,
 * keyed with appSecret ("receive-message"). Throws ForgedRequest. It proves nothing about the body: see `receive`.
 */
export function verifySignature({ headers }: CallbackRequest, appSecret: string, now: number): void {
  const { timestamp = '', sign: given = '' } = headers;
  if (!timestamp || !given) throw new ForgedRequestError('it is not signed');
  // Two headers of one name arrive here as one, joined by a comma; which of them was checked by whom is anyone's guess.
  if (`${timestamp}${given}`.includes(',')) throw new ForgedRequestError('timestamp or sign came twice');
  if (!/^\d{13}$/.test(timestamp)) throw new ForgedRequestError('the timestamp is not one in milliseconds');
  if (Math.abs(now - Number(timestamp)) > WINDOW)
    throw new ForgedRequestError('the timestamp is over five minutes off');
  const expected = Buffer.from(sign(appSecret, Number(timestamp)));
  const isRight = BASE64_OF_32_BYTES.test(given) && timingSafeEqual(Buffer.from(given), expected);
  if (!isRight) throw new ForgedRequestError('the signature is not one of our appSecret');
}
