import { createCipheriv, createHash } from 'node:crypto';
import type { SignedCallback } from '../workspace';

/** AES-256-CBC as "将事件发送至开发者服务器" has it: key is the SHA-256 of the Encrypt Key, the IV stands in front. */
export function encrypt(text: string, encryptKey: string, iv: Buffer): string {
  const key = createHash('sha256').update(encryptKey).digest();
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The signature over timestamp, nonce, key and raw body: SHA-256 in hex. */
export function signatureOf(timestamp: string, nonce: string, key: string, body: string): string {
  return createHash('sha256')
    .update(timestamp + nonce + key + body)
    .digest('hex');
}

interface Seal {
  /** Milliseconds since 1970. */
  now: number;
  /** A word that was not used before. */
  nonce: string;
  encryptKey?: string;
}

/** A callback as it goes out: signed and encrypted where there is an Encrypt Key, plain and unsigned where there is none. */
export function seal(content: object, { now, nonce, encryptKey }: Seal): SignedCallback {
  if (!encryptKey) return { headers: headers(), body: JSON.stringify(content) };
  const body = JSON.stringify({ encrypt: encrypt(JSON.stringify(content), encryptKey, ivOf(nonce)) });
  return { headers: signed(encryptKey, body, now, nonce), body };
}

/** The handshake is encrypted, but not signed. */
export function sealHandshake(content: object, { encryptKey, nonce }: Seal): SignedCallback {
  const plain = JSON.stringify(content);
  const body = encryptKey ? JSON.stringify({ encrypt: encrypt(plain, encryptKey, ivOf(nonce)) }) : plain;
  return { headers: headers(), body };
}

function signed(key: string, body: string, now: number, nonce: string) {
  const timestamp = String(Math.floor(now / 1000));
  return {
    ...headers(),
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': signatureOf(timestamp, nonce, key, body),
  };
}

function headers(): Record<string, string> {
  return { 'content-type': 'application/json; charset=utf-8' };
}

/** The real one is random; this one is new each time, which is all that a test needs. */
function ivOf(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest().subarray(0, 16);
}
