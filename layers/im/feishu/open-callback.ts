import { type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { decrypt } from './decrypt';
import { inside, isObject, parseObject, textInside } from './inside';
import { checkSignature, isSame } from './signature';
import { timeOf } from './time';

/** The secrets without which nobody is let in. */
export const NEEDS = ['appId', 'appSecret', 'verificationToken'];

const HOUR = 3_600_000;
/** Without a signature only this guards against replays. Redeliveries come for over six hours; who has seen an event is for the worker to know. */
const OLDEST = 8 * HOUR;
const CLOCK_SKEW = 5 * 60_000;

/** A callback that is proven to come from Feishu, for this bot and tenant, just now. */
export type Opened =
  | { kind: 'handshake'; challenge: string }
  | { kind: 'event'; type: string; id: string; tenant: string; sentAt: number; event: unknown };

/** Verifies and decrypts. Throws ForgedRequest, with a reason for the log in which nothing of the request stands. */
export function openCallback(request: CallbackRequest, secrets: Secrets, now: number): Opened {
  const missing = NEEDS.find((name) => !secrets[name]);
  if (missing) throw new ForgedRequestError(`the secret of this bot has no ${missing}`);
  if (request.method !== 'POST') throw new ForgedRequestError('it is not a POST');
  const body = read(request.body);
  return secrets.encryptKey ? openEncrypted(body, request, secrets, now) : openPlain(body, secrets, now);
}

function read(bytes: Buffer): object {
  const body = parseObject(textOf(bytes));
  if (!body) throw new ForgedRequestError('its body is not a JSON object');
  return body;
}

/** Empty where it is no UTF-8: letters that were put in for broken ones would be nobody's words. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}

/** Only the handshake is not signed, so anything else is believed by its signature first. */
function openEncrypted(body: object, request: CallbackRequest, secrets: Secrets, now: number): Opened {
  const { encryptKey = '' } = secrets;
  const encrypted = textInside(body, 'encrypt');
  if (!encrypted) throw new ForgedRequestError('it is not encrypted, though this bot has an encryptKey');
  const plain = parseObject(decrypt(encrypted, encryptKey));
  if (!plain) throw new ForgedRequestError('what is encrypted in it is not a JSON object');
  if (isHandshake(plain)) return openHandshake(plain, secrets);
  const signed = checkSignature(request, encryptKey, now);
  const opened = openEvent(plain, secrets);
  return { ...opened, sentAt: opened.sentAt || signed };
}

function openPlain(body: object, secrets: Secrets, now: number): Opened {
  if ('encrypt' in body) throw new ForgedRequestError('it is encrypted, but the secret of this bot has no encryptKey');
  if (isHandshake(body)) return openHandshake(body, secrets);
  const opened = openEvent(body, secrets);
  const age = now - opened.sentAt;
  if (!(age <= OLDEST && age >= -CLOCK_SKEW))
    throw new ForgedRequestError('it was not created in the last eight hours');
  return opened;
}

function isHandshake(body: object): boolean {
  return textInside(body, 'type') === 'url_verification';
}

function openHandshake(body: object, { verificationToken = '' }: Secrets): Opened {
  checkToken(textInside(body, 'token'), verificationToken);
  const challenge = textInside(body, 'challenge');
  if (!challenge) throw new ForgedRequestError('it verifies the url without a challenge');
  return { kind: 'handshake', challenge };
}

/**
 * Events and card callbacks of version 2.0, the only ones that an app can subscribe to today ("事件概述"). What is older has no
 * header, and is refused: also the card callback `card.action.trigger_v1`.
 */
function openEvent(body: object, secrets: Secrets): Extract<Opened, { kind: 'event' }> {
  const header = inside(body, 'header');
  if (!isObject(header)) throw new ForgedRequestError('it is not an event of version 2.0');
  checkToken(textInside(header, 'token'), secrets.verificationToken ?? '');
  if (textInside(header, 'app_id') !== secrets.appId) throw new ForgedRequestError('it is for another app');
  const tenant = textInside(header, 'tenant_key');
  checkTenant(tenant, secrets);
  return {
    kind: 'event',
    type: textInside(header, 'event_type'),
    id: textInside(header, 'event_id'),
    tenant,
    sentAt: timeOf(textInside(header, 'create_time')),
    event: inside(body, 'event'),
  };
}

function checkToken(given: string, expected: string): void {
  if (!isSame(given, expected)) throw new ForgedRequestError('its token is not the verificationToken of this bot');
}

function checkTenant(given: string, { tenantKey }: Secrets): void {
  if (tenantKey && given !== tenantKey) throw new ForgedRequestError('it is of another tenant');
}
