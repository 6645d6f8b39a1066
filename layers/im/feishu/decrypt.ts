import { createDecipheriv, createHash } from 'node:crypto';
import { ForgedRequestError } from '../chat-app';

const BLOCK = 16;

/**
 * What Feishu has encrypted with an Encrypt Key: AES-256-CBC, keyed with the SHA-256 of the Encrypt Key, the first 16 bytes
 * being the IV ("将事件发送至开发者服务器" of open.feishu.cn). Throws ForgedRequest.
 */
export function decrypt(encrypted: string, encryptKey: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  try {
    const key = createHash('sha256').update(encryptKey).digest();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, BLOCK));
    const plain = Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    // No cause: what went wrong inside of a cipher is nobody's business.
    throw new ForgedRequestError('it is not encrypted with the encryptKey of this bot');
  }
}
