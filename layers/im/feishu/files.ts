import type { Payload } from '../channel';
import type { ChatMessage, Conversation, FileContent, SharedFile, SizedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import { withExtension } from '../file-name';
import { textAt } from '../json';
import { type Api, isId, permanentError } from './api';
import { sendMessage, toUuid } from './send';
import { BROKEN_OFF, download, peekStream, upload } from './transfer';

/** Pages "上传文件" and "上传图片", which count in MB; should those be of 1,000 KB, Feishu rejects the file itself. */
const MEGABYTE = 1024 * 1024;
const MAX_FILE_BYTES = 30 * MEGABYTE;
const MAX_IMAGE_BYTES = 10 * MEGABYTE;
/** Of the file's beginning, enough to recognise an image and its size. */
const IMAGE_HEAD_BYTES = 32;

/** `file_type` by extension. Video and audio go as `stream`: as what they are, they cannot be sent as a file (230055). */
const FILE_TYPES: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/**
 * Fetches a file that was shared in a message: page "获取消息中的资源文件", which returns up to 100 MB as long as the message
 * exists, and takes the permission im:message:readonly. Throws DeliveryError; so do the bytes, where they break off.
 */
export async function fetchFile(api: Api, file: SharedFile, from: ChatMessage): Promise<FileContent> {
  if (![from.id, file.key].every(isId)) throw permanentError('this is no file of a message');
  const path = `im/v1/messages/${from.id}/resources/${file.key}`;
  const { headers, bytes } = await download(api, { path, query: { type: file.kind } });
  const { 'content-length': length } = headers;
  return {
    name: fileName(file, headers),
    ...(length && /^\d+$/.test(length) && { size: Number(length) }),
    bytes: withDeliveryErrors(bytes),
  };
}

async function* withDeliveryErrors(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw new DeliveryError('feishu', BROKEN_OFF);
  }
}

/** The name in the message, else in the response; with an extension where its media type has one. */
export function fileName(file: SharedFile, headers: Readonly<Record<string, string | undefined>>): string {
  const given = file.name || dispositionName(headers['content-disposition'] ?? '');
  // The end of the key distinguishes several files without a name.
  const name = safeName(given) || `${file.kind}_${file.key.slice(-6)}`;
  return withExtension(name, headers['content-type'] ?? '');
}

/** One line, and no path into another folder. */
function safeName(name: string): string {
  return name.replace(/[\p{Cc}/\\]/gu, '_').trim();
}

/**
 * Content-Disposition of RFC 6266. Feishu writes the name's UTF-8 bytes into `filename` unescaped, and each byte arrives as
 * one character; some report that it may be percent-encoded.
 */
function dispositionName(disposition: string): string {
  const [, extended] = /filename\*=(?:utf-8'[^']*')?([^;]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] = /filename="((?:[^"\\]|\\.)*)"|filename=([^";]+)/i.exec(disposition) ?? [];
  const raw = extended ?? quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
  const name = Buffer.from(raw, 'latin1').toString('utf8').trim();
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Sends a file to a chat: uploads it, which shows nothing yet, and then sends a message, which the same key does once within
 * an hour. An image is shown as one, without its name, where Feishu can; otherwise it goes as a file. Takes the permission
 * im:resource. Throws DeliveryError, with `payloadRejected` where it is empty or over 30 MB.
 */
export async function sendFile(api: Api, file: SizedFile, to: Conversation, idempotencyKey?: string): Promise<void> {
  if (file.size === 0) throw rejectedFile('it takes no empty file');
  if (file.size > MAX_FILE_BYTES) throw rejectedFile('the file is over 30 MB, which is the most that a bot may send');
  const { head, bytes } = await peekStream(file.bytes, IMAGE_HEAD_BYTES).catch(() => {
    throw new DeliveryError('feishu', { reason: 'the file could not be read from its source', retryable: true });
  });
  const uploadAs = file.size <= MAX_IMAGE_BYTES && isImage(head) ? uploadImage : uploadFile;
  const message = await uploadAs(api, { ...file, name: safeName(file.name) || 'file', bytes });
  await sendMessage(api, message, to, idempotencyKey && toUuid(idempotencyKey, to.id, 'file'));
}

async function uploadImage(api: Api, file: SizedFile): Promise<Payload> {
  const form = { path: 'im/v1/images', fields: { image_type: 'message' }, name: 'image', file };
  return toMessage('image', 'image_key', await upload(api, form));
}

async function uploadFile(api: Api, file: SizedFile): Promise<Payload> {
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const type = (Object.hasOwn(FILE_TYPES, extension) && FILE_TYPES[extension]) || 'stream';
  const form = { path: 'im/v1/files', fields: { file_type: type, file_name: file.name }, name: 'file', file };
  return toMessage('file', 'file_key', await upload(api, form));
}

function toMessage(type: string, keyName: string, response: unknown): Payload {
  const key = textAt(response, 'data', keyName);
  if (!isId(key)) throw permanentError('it accepted the file, but returned no key');
  return { msg_type: type, content: JSON.stringify({ [keyName]: key }) };
}

function rejectedFile(reason: string): DeliveryError {
  return new DeliveryError('feishu', { reason, retryable: false, payloadRejected: true });
}

interface ImageFormat {
  signature: (head: Buffer) => boolean;
  /** Pixels per side: page "上传图片". */
  maxSide: number;
  /** Width and height, where they are at a fixed offset. */
  sides?: (head: Buffer) => readonly number[];
}

const hasBytes =
  (latin1: string, at = 0) =>
  (head: Buffer) =>
    head.subarray(at, at + latin1.length).equals(Buffer.from(latin1, 'latin1'));

/** Formats that Feishu shows unchanged: it would convert TIFF and HEIC to JPG, so those go as files. */
const IMAGE_FORMATS: readonly ImageFormat[] = [
  {
    signature: hasBytes('\x89PNG\r\n\x1a\n'),
    maxSide: 12_000,
    sides: (head) => [head.readUInt32BE(16), head.readUInt32BE(20)],
  },
  { signature: hasBytes('GIF8'), maxSide: 2_000, sides: (head) => [head.readUInt16LE(6), head.readUInt16LE(8)] },
  { signature: hasBytes('\xff\xd8\xff'), maxSide: 12_000 },
  { signature: (head) => hasBytes('RIFF')(head) && hasBytes('WEBP', 8)(head), maxSide: 12_000 },
];

/** Whether a file begins like an image that Feishu shows, whatever its name is. */
function isImage(head: Buffer): boolean {
  if (head.length < IMAGE_HEAD_BYTES) return false;
  const format = IMAGE_FORMATS.find(({ signature }) => signature(head));
  return format !== undefined && (format.sides?.(head) ?? []).every((side) => side > 0 && side <= format.maxSide);
}
