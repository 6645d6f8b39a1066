import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { type Callback, type CallbackReply, type CallbackRequest, ForgedRequestError, type Secrets } from '../chat-app';
import { isJsonRecord, type JsonRecord, parseJsonBytes, parseJsonRecord, textAt, valueAt } from '../json';
import { REQUIRED_SECRETS } from './api';
import {
  type CallbackEvent,
  parseMessage,
  parsePress,
  parseTimestamp,
  type ReadEvent,
  toLogWord,
} from './receive-message';

/** How old a signed request may be is undocumented; five minutes is what Slack allows. */
const SIGNATURE_WINDOW_MS = 5 * 60_000;
/** Without a signature only this guards against replays. Redeliveries follow for over six hours; the worker drops duplicates. */
const MAX_UNSIGNED_AGE_MS = 8 * 3_600_000;
const MAX_CLOCK_SKEW_MS = 5 * 60_000;
/** Ten digits and nothing else: timestamp and nonce are signed without anything between them. */
const UNIX_SECONDS = /^\d{10}$/;
const AES_BLOCK_BYTES = 16;

const ACCEPTED: CallbackReply = { status: 200, body: {} };
const TOAST: CallbackReply = {
  status: 200,
  body: {
    toast: { type: 'info', content: '收到 / received', i18n: { zh_cn: '收到', en_us: 'Received' } },
  },
};

const EVENT_TYPES: Readonly<Record<string, { read: ReadEvent; reply: CallbackReply }>> = {
  'im.message.receive_v1': { read: parseMessage, reply: ACCEPTED },
  'card.action.trigger': { read: parsePress, reply: TOAST },
};

/**
 * Verifies, decrypts and reads a callback. Throws ForgedRequestError and nothing else; its reason is for the log and
 * contains nothing of the request.
 */
export function receive(request: CallbackRequest, secrets: Secrets, now: number): Callback {
  const missing = REQUIRED_SECRETS.find((name) => !secrets[name]);
  if (missing) throw new ForgedRequestError(`the secret of this bot has no ${missing}`);
  if (request.method !== 'POST') throw new ForgedRequestError('it is not a POST');
  const body = readBody(request.body, secrets.encryptKey);
  if (textAt(body, 'type') === 'url_verification') return answerHandshake(body, secrets);
  return readEvent(verifyEvent(request, body, secrets, now));
}

function readEvent(event: CallbackEvent): Callback {
  const type = Object.hasOwn(EVENT_TYPES, event.type) ? EVENT_TYPES[event.type] : undefined;
  if (!type) return { kind: 'ignored', reply: ACCEPTED, reason: `an event of the type ${toLogWord(event.type)}` };
  const message = type.read(event);
  if ('reason' in message) return { kind: 'ignored', reply: ACCEPTED, reason: message.reason };
  return { kind: 'message', reply: type.reply, message };
}

/** The handshake is encrypted, but not signed: its token is the proof. */
function answerHandshake(body: JsonRecord, secrets: Secrets): Callback {
  checkToken(textAt(body, 'token'), secrets);
  const challenge = textAt(body, 'challenge');
  if (!challenge) throw new ForgedRequestError('it verifies the url without a challenge');
  return { kind: 'handshake', reply: { status: 200, body: { challenge } } };
}

/** With an Encrypt Key events are signed; without one their token and age are the only proof. */
function verifyEvent(request: CallbackRequest, body: JsonRecord, secrets: Secrets, now: number): CallbackEvent {
  if (secrets.encryptKey) {
    const signedAt = checkSignature(request, secrets.encryptKey, now);
    const event = parseEvent(body, secrets);
    return { ...event, sentAt: event.sentAt || signedAt };
  }
  const event = parseEvent(body, secrets);
  const ageMs = now - event.sentAt;
  if (ageMs <= MAX_UNSIGNED_AGE_MS && ageMs >= -MAX_CLOCK_SKEW_MS) return event;
  throw new ForgedRequestError('it was not created in the last eight hours');
}

/**
 * Events and card callbacks of version 2.0 ("事件概述"), the only ones that an app can subscribe to today. Older ones, such as
 * the card callback `card.action.trigger_v1`, have no header and are rejected.
 */
function parseEvent(body: JsonRecord, secrets: Secrets): CallbackEvent {
  const header = valueAt(body, 'header');
  if (!isJsonRecord(header)) throw new ForgedRequestError('it is not an event of version 2.0');
  checkToken(textAt(header, 'token'), secrets);
  if (textAt(header, 'app_id') !== secrets.appId) throw new ForgedRequestError('it is for another app');
  const tenant = textAt(header, 'tenant_key');
  if (secrets.tenantKey && tenant !== secrets.tenantKey) throw new ForgedRequestError('it is of another tenant');
  return {
    type: textAt(header, 'event_type'),
    id: textAt(header, 'event_id'),
    tenant,
    sentAt: parseTimestamp(textAt(header, 'create_time')),
    event: valueAt(body, 'event'),
  };
}

function readBody(bytes: Buffer, encryptKey = ''): JsonRecord {
  const body = parseJsonBytes(bytes);
  if (!body) throw new ForgedRequestError('its body is not a JSON object');
  if (!encryptKey && 'encrypt' in body)
    throw new ForgedRequestError('it is encrypted, but the secret of this bot has no encryptKey');
  if (!encryptKey) return body;
  const encrypted = textAt(body, 'encrypt');
  if (!encrypted) throw new ForgedRequestError('it is not encrypted, though this bot has an encryptKey');
  const plain = parseJsonRecord(decrypt(encrypted, encryptKey));
  if (!plain) throw new ForgedRequestError('what is encrypted in it is not a JSON object');
  return plain;
}

/**
 * Decrypts AES-256-CBC, keyed with the SHA-256 of the Encrypt Key, the first 16 bytes being the IV
 * ("将事件发送至开发者服务器" of open.feishu.cn). Throws ForgedRequestError.
 */
export function decrypt(encrypted: string, encryptKey: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  try {
    const key = createHash('sha256').update(encryptKey).digest();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, AES_BLOCK_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(AES_BLOCK_BYTES)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    // Without a cause: how a decryption fails must not leak.
    throw new ForgedRequestError('it is not encrypted with the encryptKey of this bot');
  }
}

/**
 * Checks the hex SHA-256 of timestamp + nonce + encryptKey + raw body (page "接收事件" of open.feishu.cn).
 * Returns when the request was signed, in ms since 1970. Throws ForgedRequestError.
 */
function checkSignature({ headers, body }: CallbackRequest, encryptKey: string, now: number): number {
  const timestamp = headers['x-lark-request-timestamp'] ?? '';
  const signature = headers['x-lark-signature'] ?? '';
  if (!signature) throw new ForgedRequestError('it is not signed');
  if (!UNIX_SECONDS.test(timestamp)) throw new ForgedRequestError('its timestamp is not one in seconds');
  const prefix = timestamp + (headers['x-lark-request-nonce'] ?? '') + encryptKey;
  const expected = createHash('sha256').update(prefix).update(body).digest('hex');
  if (!isEqual(signature, expected)) throw new ForgedRequestError('its signature is wrong');
  const signedAt = Number(timestamp) * 1000;
  if (Math.abs(now - signedAt) > SIGNATURE_WINDOW_MS)
    throw new ForgedRequestError('it was signed more than five minutes from now');
  return signedAt;
}

function checkToken(token: string, { verificationToken = '' }: Secrets): void {
  if (verificationToken && isEqual(token, verificationToken)) return;
  throw new ForgedRequestError('its token is not the verificationToken of this bot');
}

/** Compares in a time that does not depend on the texts. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
