import { type StreamResponse, streamRequest } from '../api-client';
import type { Rejection } from '../channel';
import type { ChatMessage, FileContent, SharedFile } from '../chat-app';
import { DeliveryError, type ErrorRow, type ErrorTable } from '../errors';
import { textAt } from './fields';
import { nameFor } from './file-name';
import type { Means } from './send';
import { storageUrl } from './storage';

const GONE: ErrorRow = { reason: 'it does not give out this file any more; share it once more' };
const BUSY: ErrorRow = { reason: 'too many files at a time', retryable: true, throttled: true };

/** Of the storage: Alibaba Cloud, "OSS error responses". An address that has ended is a 403. */
const STATUSES: ErrorTable = { 403: GONE, 404: GONE, 429: BUSY, 503: BUSY };

/**
 * The bytes of something shared ("download-the-file-content-of-the-robot-receiving-message"): a code from the message buys
 * an address, which is good for a while. How long either is good, and how large a file may be, is in no document.
 * Throws DeliveryError; so do the bytes, when they break off.
 */
export async function fetchFile(
  file: SharedFile,
  from: ChatMessage,
  { bot, api, runtime }: Means,
): Promise<FileContent> {
  const ticket = { robotCode: bot.robotCode, downloadCode: file.key };
  const { body } = await api.post('/v1.0/robot/messageFiles/download', ticket, [file.key]);
  const url = storageUrl(textAt(body, 'downloadUrl'));
  // Not one header more: the signature in the address covers a Content-Type, too, which refuses it.
  const answer = await streamRequest({
    method: 'GET',
    url: runtime.resolveEndpoint(url),
    idleTimeoutMs: runtime.idleTimeoutMs ?? runtime.timeoutMs,
  });
  if ('reason' in answer) throw failure(answer);
  const { status, headers, bytes } = answer;
  if (status !== 200) throw refused(answer);
  const position = from.files?.findIndex(({ key }) => key === file.key) ?? 0;
  const size = headers['content-length'];
  return {
    name: nameFor(file, position, headers['content-type'] ?? '', url),
    ...(size !== undefined && { size: Number(size) }),
    bytes: toTheEnd(bytes),
  };
}

/** What the storage says of itself is not repeated: it quotes the address, which is a password. */
function refused({ status, bytes }: StreamResponse): DeliveryError {
  bytes.destroy();
  const trouble = { reason: 'its storage has an internal error', retryable: true };
  const row = STATUSES[status] ?? (status >= 500 ? trouble : { reason: 'its storage refused to give out the file' });
  const code = `HTTP ${status}`;
  return failure({ retryable: false, ...row, reason: `${row.reason} (${code})`, code });
}

async function* toTheEnd(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw failure({ reason: 'the file broke off on the way', code: 'ECONNRESET', retryable: true });
  }
}

/** Asking for a file shows nothing to anybody, so there is no doubt about it. */
function failure({ reason, code, retryable, throttled }: Rejection): DeliveryError {
  return new DeliveryError('dingtalk', { reason, code, retryable, ...(throttled && { throttled }) });
}
