import { createCipheriv, createHash } from 'node:crypto';
import type { SignedCallback } from '../workspace';

/** AES-256-CBC: the key is the SHA-256 of the Encrypt Key, the IV comes first (page "将事件发送至开发者服务器"). */
export function encrypt(text: string, encryptKey: string, iv: Buffer): string {
  const key = createHash('sha256').update(encryptKey).digest();
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** SHA-256 over timestamp, nonce, key and raw body, in hex. */
export function signatureOf(timestamp: string, nonce: string, key: string, body: string): string {
  return createHash('sha256')
    .update(timestamp + nonce + key + body)
    .digest('hex');
}

export interface Encryption {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A different one each time. */
  readonly nonce: string;
  readonly encryptKey?: string;
}

const HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Encrypted and signed if there is an Encrypt Key, plain and unsigned without one. */
export function encryptAndSign(content: object, { now, nonce, encryptKey }: Encryption): SignedCallback {
  const { body } = encryptHandshake(content, { now, nonce, encryptKey });
  if (!encryptKey) return { headers: HEADERS, body };
  const timestamp = String(Math.floor(now / 1000));
  const headers = {
    ...HEADERS,
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signatureOf(timestamp, nonce, encryptKey, body),
  };
  return { headers, body };
}

/** The handshake is encrypted, but not signed. */
export function encryptHandshake(content: object, { encryptKey, nonce }: Encryption): SignedCallback {
  const plain = JSON.stringify(content);
  const body = encryptKey ? JSON.stringify({ encrypt: encrypt(plain, encryptKey, ivOf(nonce)) }) : plain;
  return { headers: HEADERS, body };
}

/** The real IV is random; this one is different for each nonce. */
function ivOf(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest().subarray(0, 16);
}
