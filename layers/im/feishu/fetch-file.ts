import type { ChatMessage, FileContent, SharedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import { refused } from './api-call';
import { nameOf } from './file-name';
import { isId } from './inside';
import { BROKEN_OFF, type Transfer } from './transfer';

/**
 * What was shared in a message: page "获取消息中的资源文件", which gives up to 100 MB as long as the message is there, and takes
 * the permission im:message:readonly. Throws DeliveryError; so do the bytes, where they break off.
 */
export async function fetchFile(transfer: Transfer, file: SharedFile, from: ChatMessage): Promise<FileContent> {
  if (![from.id, file.key].every(isId)) throw refused('this is no file of a message');
  const path = `im/v1/messages/${from.id}/resources/${file.key}`;
  const { headers, bytes } = await transfer.download({ path, query: { type: file.kind } });
  const { 'content-length': length } = headers;
  return {
    name: nameOf(file, headers),
    ...(length && /^\d+$/.test(length) && { size: Number(length) }),
    bytes: whole(bytes),
  };
}

async function* whole(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw new DeliveryError('feishu', BROKEN_OFF);
  }
}
