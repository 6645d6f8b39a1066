import { parseFormData } from '../form-data';
import type { ApiRequest, ApiResponse, Conversation, Post } from '../workspace';
import { reject, success } from './errors';
import type { FeishuState } from './state';

/** Pages "上传文件" and "上传图片"; they do not say whether a megabyte has 1,000 or 1,024 kilobytes. */
const MEGABYTE = 1024 * 1024;
const MAX_FILE_BYTES = 30 * MEGABYTE;
const MAX_IMAGE_BYTES = 10 * MEGABYTE;
/** Page "获取消息中的资源文件". */
const MAX_DOWNLOAD_BYTES = 100 * MEGABYTE;
const FILE_TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

const INVALID = reject(234001, 'Invalid request param.');

function sizeRejection({ length }: Uint8Array, maxBytes: number): ApiResponse | undefined {
  if (length > maxBytes) return reject(234006, 'The file size exceed the max value.');
  return length === 0 ? reject(234010, "File's size can't be 0.") : undefined;
}

/** POST im/v1/files. */
export async function uploadFile(state: FeishuState, { headers, body }: ApiRequest): Promise<ApiResponse> {
  const form = await parseFormData(headers, body);
  const { file_type: type = '', file_name: name = '' } = form?.fields ?? {};
  const bytes = form?.files.file?.bytes;
  if (!FILE_TYPES.includes(type) || !name || !bytes) return INVALID;
  const rejection = sizeRejection(bytes, MAX_FILE_BYTES);
  return rejection ?? success({ file_key: state.addFile({ kind: 'file', name, bytes, type, isFromBot: true }).key });
}

/** POST im/v1/images, for messages. */
export async function uploadImage(state: FeishuState, { headers, body }: ApiRequest): Promise<ApiResponse> {
  const form = await parseFormData(headers, body);
  const bytes = form?.files.image?.bytes;
  if (form?.fields.image_type !== 'message' || !bytes) return INVALID;
  const rejection = sizeRejection(bytes, MAX_IMAGE_BYTES);
  if (rejection) return rejection;
  const type = imageTypeOf(bytes);
  if (!type) return reject(234011, "Can't regonnize the image format.");
  if (!type.isSmall(bytes)) return reject(234039, 'Image resolution exceeds limit.');
  const name = `picture.${type.extension}`;
  return success({ image_key: state.addFile({ kind: 'image', name, bytes, isFromBot: true }).key });
}

/** Page "上传图片". */
interface ImageType {
  readonly extension: string;
  readonly signature: RegExp;
  /** Whether it has few enough pixels; checked only for formats that show them in a fixed place. */
  isSmall(bytes: Buffer): boolean;
}

const IMAGE_TYPES: readonly ImageType[] = [
  {
    extension: 'png',
    signature: /^\x89PNG\r\n/,
    isSmall: (bytes) => Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) <= 12_000,
  },
  {
    extension: 'gif',
    signature: /^GIF8/,
    isSmall: (bytes) => Math.max(bytes.readUInt16LE(6), bytes.readUInt16LE(8)) <= 2_000,
  },
  { extension: 'jpg', signature: /^\xff\xd8\xff/, isSmall: () => true },
  { extension: 'webp', signature: /^RIFF.{4}WEBP/s, isSmall: () => true },
  { extension: 'bmp', signature: /^BM/, isSmall: () => true },
  { extension: 'tiff', signature: /^(?:II\*\0|MM\0\*)/, isSmall: () => true },
];

function imageTypeOf(bytes: Buffer): ImageType | undefined {
  const head = bytes.subarray(0, 32).toString('latin1');
  return bytes.length >= 32 ? IMAGE_TYPES.find(({ signature }) => signature.test(head)) : undefined;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  txt: 'text/plain',
  json: 'application/json',
};

/** GET im/v1/messages/:message_id/resources/:file_key. */
export function downloadResource(state: FeishuState, request: ApiRequest, message: string, key: string): ApiResponse {
  const type = request.url.searchParams.get('type');
  const found = state.findPost(message);
  if (!found || !['image', 'file'].includes(type ?? '')) return INVALID;
  const rejection = accessRejection(state, found.conversation, found.post);
  if (rejection) return rejection;
  const file = state.files.get(key);
  // The code for a wrong type is not documented.
  if (!file?.messages.has(message) || file.kind !== type) return reject(234003, 'File not in message.');
  if (file.bytes.length > MAX_DOWNLOAD_BYTES) return reject(234037, 'Downloaded file size exceeds limit.');
  const { name, bytes } = file;
  const headers = {
    'content-type': CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    // Reported by users: the raw UTF-8 of the name. That it needs this request header: page "下载文件".
    ...(request.headers['content-type'] === 'application/json' && {
      'content-disposition': `attachment; filename="${Buffer.from(name).toString('latin1')}"`,
    }),
    // After the name: once Node knows the length, it rejects a name that is not ASCII.
    'content-length': String(bytes.length),
  };
  return { status: 200, body: bytes, headers };
}

function accessRejection(
  { withBot, recalledMessages, restricted }: FeishuState,
  conversation: Conversation,
  post: Post,
): ApiResponse | undefined {
  if (!withBot.has(conversation.id)) return reject(234004, 'App not in chat.');
  if (recalledMessages.has(post.id)) return reject(230110, 'Action unavailable as the message has been deleted.');
  if (restricted.has(conversation.id)) {
    return reject(234038, 'Do not allow downloading of message resources in restricted mode.');
  }
  const isCard = post.by === 'bot' && !post.files;
  return isCard ? reject(234043, 'Unsupported message type.') : undefined;
}
