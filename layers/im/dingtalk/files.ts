import { type StreamResponse, streamRequest } from '../api-client';
import type { Rejection } from '../channel';
import type { ChatMessage, Conversation, FileContent, SharedFile, SizedFile } from '../chat-app';
import { DeliveryError, type ErrorTable } from '../errors';
import { withExtension } from '../file-name';
import { isOnHosts } from '../http';
import { textAt } from '../json';
import type { Api } from './api';
import { recipientOf, sendTemplate, type Template } from './send';
import { upload } from './transfer';

/**
 * Where DingTalk stores shared files. The document's sample is on a host that begins with `wukong-`; in logs of 2025 and
 * 2026 it is `wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com`. Other Regions have other buckets, and media have hosts
 * below dingtalk.com.
 */
export const STORAGE_HOSTS = ['*.aliyuncs.com', '*.dingtalk.com'];
/** A public address of a bucket: nothing else of Alibaba Cloud is needed. */
const BUCKET_HOST = /^[a-z0-9-]+\.oss-[a-z0-9-]+(?<!-internal)\.aliyuncs\.com$/;

/** "upload-media-files" has 20 MB for either, and does not say whether of 1,000 or of 1,024 kB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** The page takes jpg, gif, png and bmp. */
const IMAGE_EXTENSIONS: Readonly<Record<string, string>> = {
  jpg: 'jpg',
  jpeg: 'jpg',
  gif: 'gif',
  png: 'png',
  bmp: 'bmp',
};
/** Uploads may be xls, ppt and pptx, too; but "robot-message-type" has only these for the messages of a robot. */
const FILE_EXTENSIONS = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

const STORAGE_ERRORS: ErrorTable = {
  403: { reason: 'it no longer provides this file; share it once more' },
  404: { reason: 'it no longer provides this file; share it once more' },
  429: { reason: 'too many files at a time', retryable: true, throttled: true },
  503: { reason: 'too many files at a time', retryable: true, throttled: true },
};

/**
 * Fetches a shared file ("download-the-file-content-of-the-robot-receiving-message"): a code from the message is exchanged
 * for an address, which is valid for a while. How long either is valid, and how large a file may be, is undocumented.
 * Throws DeliveryError; so do the bytes, when they break off.
 */
export async function fetchFile(api: Api, file: SharedFile, from: ChatMessage): Promise<FileContent> {
  const { robot, runtime } = api;
  const request = { robotCode: robot.robotCode, downloadCode: file.key };
  const body = await api.post('/v1.0/robot/messageFiles/download', request, [file.key]);
  const url = storageUrl(textAt(body, 'downloadUrl'));
  // Without any other header: the signature in the address covers a Content-Type, too, and would not match.
  const response = await streamRequest({
    method: 'GET',
    url: runtime.resolveEndpoint(url),
    idleTimeoutMs: runtime.idleTimeoutMs ?? runtime.timeoutMs,
  });
  if ('reason' in response) throw fetchError(response);
  const { status, headers, bytes } = response;
  if (status !== 200) throw storageError(response);
  const index = from.files?.findIndex(({ key }) => key === file.key) ?? 0;
  const size = headers['content-length'];
  return {
    name: fileName(file, index, headers['content-type'] ?? '', url),
    ...(size !== undefined && { size: Number(size) }),
    bytes: withDeliveryErrors(bytes),
  };
}

/**
 * The temporary address of a shared file (`downloadUrl`). The document's sample is http: it is requested by https, which the
 * signature in its query does not cover. Throws DeliveryError: organisations with their own storage have any host.
 */
export function storageUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new DeliveryError('dingtalk', { reason: 'it returned no address of the file', retryable: true });
  if (url.protocol === 'http:') url.protocol = 'https:';
  if (isOnHosts(url, STORAGE_HOSTS) && (BUCKET_HOST.test(url.host) || !url.host.endsWith('.aliyuncs.com'))) return url;
  const reason = `the organisation keeps its files on a host that is not DingTalk's (${url.hostname}), and nothing is fetched from there; attach the file in the AWS console`;
  throw new DeliveryError('dingtalk', { reason, code: 'host', retryable: false });
}

/** Statuses of Alibaba Cloud ("OSS error responses"). Its text is not repeated: it contains the address, which is a password. */
function storageError({ status, bytes }: StreamResponse): DeliveryError {
  bytes.destroy();
  const code = `HTTP ${status}`;
  const other = status >= 500 ? { reason: 'its storage has an internal error', retryable: true } : undefined;
  const row = STORAGE_ERRORS[status] ?? other ?? { reason: 'its storage refused to provide the file' };
  return fetchError({ retryable: false, ...row, reason: `${row.reason} (${code})`, code });
}

async function* withDeliveryErrors(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw fetchError({ reason: 'the transfer of the file broke off', code: 'ECONNRESET', retryable: true });
  }
}

/** Without `outcomeUnknown`: fetching a file shows nothing. */
function fetchError({ reason, code, retryable, throttled }: Rejection): DeliveryError {
  return new DeliveryError('dingtalk', { reason, code, retryable, ...(throttled && { throttled }) });
}

/**
 * The file's own name, or one made of its kind. `.file` is the extension of everything in DingTalk's storage
 * ("download-the-file-content-of-the-robot-receiving-message").
 * @param index among the files of the message, from 0
 * @param type Content-Type
 */
export function fileName({ name, kind }: SharedFile, index: number, type: string, { pathname }: URL): string {
  if (name) return name;
  const named = withExtension(index > 0 ? `${kind}-${index + 1}` : kind, type);
  const stored = extensionOf(pathname);
  return named.includes('.') || stored === 'file' || stored === '' ? named : `${named}.${stored}`;
}

/** In lower case and without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  return name.match(/\.([a-z0-9]{1,8})$/i)?.[1]?.toLowerCase() ?? '';
}

/**
 * Sends a file to a conversation: an image as an image, the others as a file that can be opened. A session accepts neither
 * ("robot-message-type": not by webhook), so they go by the OpenAPI. Throws DeliveryError, with `payloadRejected` for a file
 * that it does not accept. The OpenAPI has no idempotency key and no history: after a lost response the file may be shown
 * twice.
 */
export async function sendFile(api: Api, file: SizedFile, to: Conversation): Promise<void> {
  const extension = extensionOf(file.name);
  const reason = reasonToReject(file.size, extension);
  if (reason) throw new DeliveryError('dingtalk', { reason, code: 'file', retryable: false, payloadRejected: true });
  const recipient = recipientOf(to);
  const image = IMAGE_EXTENSIONS[extension];
  // An image's name is shown nowhere.
  const message = image
    ? toTemplate('sampleImageMsg', { photoURL: await upload(api, { ...file, name: `picture.${image}` }, 'image') })
    : toTemplate('sampleFile', {
        mediaId: await upload(api, file, 'file'),
        fileName: file.name,
        fileType: extension,
      });
  await sendTemplate(api, message, recipient);
}

/** Why DingTalk does not accept the file; undefined when it does. */
function reasonToReject(size: number, extension: string): string | undefined {
  if (size === 0) return 'the file is empty, and DingTalk takes no empty files';
  if (size > MAX_FILE_BYTES) return 'the file is over 20 MB, which is the most that DingTalk takes from a robot';
  if (Object.hasOwn(IMAGE_EXTENSIONS, extension) || FILE_EXTENSIONS.includes(extension)) return undefined;
  const kinds = [...FILE_EXTENSIONS, ...Object.keys(IMAGE_EXTENSIONS)].join(', ');
  return `of a robot DingTalk takes only ${kinds}, and no other kind of file`;
}

function toTemplate(msgKey: string, param: Readonly<Record<string, string>>): Template {
  return { msgKey, msgParam: JSON.stringify(param) };
}
