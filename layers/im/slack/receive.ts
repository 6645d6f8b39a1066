import { type Callback, type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { readCommand } from './commands';
import { readEvent } from './events';
import { type Json, parsed, textAt } from './json';
import { DONE, ignored } from './message';
import { readPress } from './presses';
import { verify } from './signature';

/**
 * What Slack sent: an event, a slash command or a press. One address takes all of them. Throws ForgedRequest.
 * @param now ms since 1970
 */
export function receive(request: CallbackRequest, secrets: Secrets, now: number): Callback {
  if (request.method !== 'POST') throw new ForgedRequestError('it is not a POST');
  verify(request, secrets.signingSecret, now);
  const text = request.body.toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (/^application\/json\b/i.test(type)) return readJson(parsed(text), secrets);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return readForm(new URLSearchParams(text), secrets, now);
  throw new ForgedRequestError('it is neither JSON nor a form');
}

function readJson(body: Json | undefined, secrets: Secrets): Callback {
  if (!body) throw new ForgedRequestError('it is not JSON of an object');
  const type = textAt(body, 'type');
  if (type === 'event_callback') return readEvent(body, secrets);
  if (type === 'app_rate_limited') return ignored('Slack holds back events: over 30,000 within an hour');
  if (type !== 'url_verification') return ignored('a request that nobody waits for');
  return { kind: 'handshake', reply: { ...DONE, body: { challenge: textAt(body, 'challenge') } } };
}

/** `ssl_check=1` only wants to see our certificate. */
function readForm(form: URLSearchParams, secrets: Secrets, now: number): Callback {
  if (form.get('ssl_check') === '1') return { kind: 'handshake', reply: DONE };
  if (form.has('command')) return readCommand(form, secrets, now);
  const payload = parsed(form.get('payload') ?? '');
  if (!payload) throw new ForgedRequestError('it is no slash command, and no JSON of an object is in it');
  return readPress(payload, secrets, now);
}
