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
  | { kind: 'event'; type: string; id: string; tenant: string; sentAt: number; event: unknown }
  | { kind: 'old press'; sentAt: number; event: object };

/** Verifies and decrypts. Throws ForgedRequest, with a reason for the log in which nothing of the request stands. */
export function openCallback(request: CallbackRequest, secrets: Secrets, now: number): Opened {
  const missing = NEEDS.find((name) => !secrets[name]);
  if (missing) throw new ForgedRequestError(`the secret of this bot has no ${missing}`);
  if (request.method !== 'POST') throw new ForgedRequestError('it is not a POST');
  const body = read(request.body);
  if (isOldPress(body)) return openOldPress(body, request, secrets, now);
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
  const signed = checkSignature(request, 'sha256', encryptKey, now);
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

/** Events 2.0 have a header; those of 1.0 (`event_callback`) say the same in other places: page "事件概述". */
function openEvent(body: object, secrets: Secrets): Extract<Opened, { kind: 'event' }> {
  const event = inside(body, 'event');
  const isNew = isObject(inside(body, 'header'));
  const head = isNew ? inside(body, 'header') : event;
  checkToken(textInside(isNew ? head : body, 'token'), secrets.verificationToken ?? '');
  if (textInside(head, 'app_id') !== secrets.appId) throw new ForgedRequestError('it is for another app');
  const tenant = textInside(head, 'tenant_key');
  checkTenant(tenant, secrets);
  return {
    kind: 'event',
    type: textInside(head, isNew ? 'event_type' : 'type'),
    id: isNew ? textInside(head, 'event_id') : textInside(body, 'uuid'),
    tenant,
    sentAt: timeOf(isNew ? textInside(head, 'create_time') : textInside(body, 'ts')),
    event,
  };
}

/** The old card callback (`card.action.trigger_v1`) is flat, and never encrypted. */
function isOldPress(body: object): boolean {
  return isObject(inside(body, 'action')) && 'open_message_id' in body && !('schema' in body) && !('encrypt' in body);
}

function openOldPress(body: object, request: CallbackRequest, secrets: Secrets, now: number): Opened {
  const sentAt = checkSignature(request, 'sha1', secrets.verificationToken ?? '', now);
  checkTenant(textInside(body, 'tenant_key'), secrets);
  return { kind: 'old press', sentAt, event: body };
}

function checkToken(given: string, expected: string): void {
  if (!isSame(given, expected)) throw new ForgedRequestError('its token is not the verificationToken of this bot');
}

function checkTenant(given: string, { tenantKey }: Secrets): void {
  if (tenantKey && given !== tenantKey) throw new ForgedRequestError('it is of another tenant');
}
