import { createHmac, timingSafeEqual } from 'node:crypto';
import { type CallbackRequest, ForgedRequestError } from '../chat-app';

/** In ms; "Verifying requests from Slack" of docs.slack.dev. Clocks may differ both ways, so it counts for the future as well. */
const WINDOW = 5 * 60 * 1000;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/**
 * Whether Slack sent exactly these bytes within the last five minutes.
 * Throws ForgedRequest, also when there is no secret to verify with.
 * @param now ms since 1970
 */
export function verify({ headers, body }: CallbackRequest, signingSecret: string | undefined, now: number): void {
  if (!signingSecret) throw new ForgedRequestError('no signing secret is configured, so nobody is let in');
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const given = headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) throw new ForgedRequestError('it has no timestamp');
  const age = now - Number(timestamp) * 1000;
  if (!(Math.abs(age) <= WINDOW)) throw new ForgedRequestError(`it was signed ${Math.round(age / 1000)} seconds ago`);
  if (!SIGNATURE.test(given)) throw new ForgedRequestError('it has no signature of version v0');
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(sign(body, timestamp, signingSecret)))) {
    throw new ForgedRequestError('the signature is not of this body and the configured signing secret');
  }
}

function sign(body: Buffer, timestamp: string, secret: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}
