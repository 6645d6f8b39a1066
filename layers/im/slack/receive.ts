import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Callback, type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { type JsonRecord, parseJsonRecord, textAt } from '../json';
import { ignored, REPLY, readCommand, readEvent, readPress } from './receive-message';

/** "Verifying requests from Slack" of docs.slack.dev. Clocks may differ both ways, so it counts for the future as well. */
const MAX_AGE_MS = 5 * 60 * 1000;
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/**
 * Reads what Slack sent to the one address for events, slash commands and presses. Throws ForgedRequestError.
 * @param now ms since 1970
 */
export function receive(request: CallbackRequest, secrets: Secrets, now: number): Callback {
  if (request.method !== 'POST') throw new ForgedRequestError('it is not a POST');
  verify(request, secrets.signingSecret, now);
  const text = request.body.toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (/^application\/json\b/i.test(type)) return readJson(parseJsonRecord(text), secrets);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return readForm(new URLSearchParams(text), secrets, now);
  throw new ForgedRequestError('it is neither JSON nor a form');
}

/**
 * Checks that Slack sent exactly these bytes within the last five minutes. Throws ForgedRequestError, also when there is no
 * secret to verify with.
 * @param now ms since 1970
 */
export function verify({ headers, body }: CallbackRequest, signingSecret: string | undefined, now: number): void {
  if (!signingSecret) throw new ForgedRequestError('no signing secret is configured, so every request is rejected');
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  const signature = headers['x-slack-signature'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) throw new ForgedRequestError('it has no timestamp');
  const age = now - Number(timestamp) * 1000;
  if (!(Math.abs(age) <= MAX_AGE_MS))
    throw new ForgedRequestError(`it was signed ${Math.round(age / 1000)} seconds ago`);
  if (!SIGNATURE.test(signature)) throw new ForgedRequestError('it has no signature of version v0');
  const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(`v0=${hmac}`))) {
    throw new ForgedRequestError('the signature does not match this body and the configured signing secret');
  }
}

function readJson(body: JsonRecord | undefined, secrets: Secrets): Callback {
  if (!body) throw new ForgedRequestError('it is not JSON of an object');
  const type = textAt(body, 'type');
  if (type === 'event_callback') return readEvent(body, secrets);
  if (type === 'app_rate_limited') return ignored('Slack withholds events: over 30,000 within an hour');
  if (type !== 'url_verification') return ignored('a kind of request that is not used');
  return { kind: 'handshake', reply: { ...REPLY, body: { challenge: textAt(body, 'challenge') } } };
}

/** With `ssl_check=1` Slack only checks our certificate. */
function readForm(form: URLSearchParams, secrets: Secrets, now: number): Callback {
  if (form.get('ssl_check') === '1') return { kind: 'handshake', reply: REPLY };
  if (form.has('command')) return readCommand(form, secrets, now);
  const payload = parseJsonRecord(form.get('payload') ?? '');
  if (!payload) throw new ForgedRequestError('it is neither a slash command nor JSON of an object');
  return readPress(payload, secrets, now);
}
