import { createHmac, randomBytes } from 'node:crypto';
import { parseFormData, type UploadForm } from '../form-data';
import { textAt } from '../json';
import type { ApiRequest, ApiResponse, SharedFile } from '../workspace';
import { reject, rejectOapi, rejectStorage, STORAGE_HOST } from './errors';
import { SECRETS } from './state';

const MEGABYTE = 1024 * 1024;
/**
 * "upload-media-files", of 2026-06. The page says nothing about empty files, and the global error table has smaller
 * sizes; here the page applies, and an empty file is rejected (41005).
 */
const MEDIA_TYPES: Readonly<Record<string, { maxBytes: number; extensions: readonly string[] }>> = {
  image: { maxBytes: 20 * MEGABYTE, extensions: ['jpg', 'gif', 'png', 'bmp'] },
  voice: { maxBytes: 2 * MEGABYTE, extensions: ['amr', 'mp3', 'wav'] },
  video: { maxBytes: 20 * MEGABYTE, extensions: ['mp4'] },
  file: { maxBytes: 20 * MEGABYTE, extensions: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'] },
};

export interface Medium {
  readonly type: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Uploads of the robot, by `media_id`; they never expire. */
export interface MediaStore {
  /** "upload-media-files", with a valid token. */
  upload(request: ApiRequest): Promise<ApiResponse>;
  find(id: string): Medium | undefined;
}

export function createMediaStore(now: () => number): MediaStore {
  const media = new Map<string, Medium>();
  return {
    find: (id) => media.get(id),
    async upload({ headers, body, url }) {
      const form = await parseFormData(headers, body);
      if (!form) return rejectOapi(43008, '参数需要multipart类型');
      const medium = mediumIn(form, url);
      if ('status' in medium) return medium;
      const media_id = `@lAzP${randomBytes(12).toString('base64url')}`;
      media.set(media_id, medium);
      return { status: 200, body: { errcode: 0, errmsg: 'ok', media_id, created_at: now(), type: medium.type } };
    },
  };
}

function mediumIn({ fields, files }: UploadForm, url: URL): Medium | ApiResponse {
  const type = fields.type ?? url.searchParams.get('type') ?? '';
  const allowed = Object.hasOwn(MEDIA_TYPES, type) ? MEDIA_TYPES[type] : undefined;
  const file = files.media;
  if (!allowed) return rejectOapi(40004, '不合法的媒体文件类型');
  if (!file || file.bytes.length === 0) return rejectOapi(41005, '缺少多媒体文件数据');
  if (!allowed.extensions.includes(extensionOf(file.name))) return rejectOapi(40005, '不合法的文件类型');
  if (file.bytes.length > allowed.maxBytes) return rejectOapi(40006, '不合法的文件大小');
  return { type, name: file.name, bytes: file.bytes };
}

/** How long a code or a URL is valid is not documented, only that both expire. */
const CODE_LIFETIME_MS = 7_200_000;
const URL_LIFETIME_MS = 3_600_000;
/** Other files are stored without a type. */
const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  bmp: 'image/bmp',
};

/** Files that people shared, for the robot to download. */
export interface SharedFileStore {
  /** @returns the download code. */
  add(file: SharedFile): string;
  /** "download-the-file-content-of-the-robot-receiving-message", with a valid token. */
  downloadUrl(request: ApiRequest): ApiResponse;
  /** The response of the storage bucket. */
  download(request: ApiRequest): ApiResponse;
}

export function createSharedFileStore(now: () => number): SharedFileStore {
  const files = new Map<string, SharedFile & { path: string; expiresAt: number }>();
  return {
    add(file) {
      const code = randomBytes(96).toString('base64');
      files.set(code, { ...file, path: pathOf(file), expiresAt: now() + CODE_LIFETIME_MS });
      return code;
    },
    downloadUrl({ payload }) {
      const robotCode = textAt(payload, 'robotCode');
      const code = textAt(payload, 'downloadCode');
      if (!robotCode) return reject(400, 'invalidParameter.robotCode.empty', '机器人robotCode为空');
      if (!code) return reject(400, 'invalidParameter.robotCode.empty', '机器人downloadCode为空');
      if (robotCode !== SECRETS.appKey) {
        return reject(400, 'invalidParameter.robotCode.auth', '此downloadCode和机器人robotCode不匹配');
      }
      const file = files.get(code);
      if (!file || now() >= file.expiresAt) {
        return reject(400, 'invalidParameter.robotCode.downloadCode', '下载码有误或者已经过期');
      }
      return { status: 200, body: { downloadUrl: signedUrl(file.path, now() + URL_LIFETIME_MS) } };
    },
    download({ method, url, headers }) {
      const expires = url.searchParams.get('Expires') ?? '';
      const isSigned = url.searchParams.get('Signature') === signatureOf(url.pathname, expires);
      // The signature includes the Content-Type, so a request with a Content-Type does not match.
      if (method !== 'GET' || !isSigned || headers['content-type'] !== undefined) {
        return rejectStorage(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.');
      }
      if (now() / 1000 >= Number(expires)) return rejectStorage(403, 'AccessDenied', 'Request has expired.');
      const file = [...files.values()].find(({ path }) => path === url.pathname);
      if (!file) return rejectStorage(404, 'NoSuchKey', 'The specified key does not exist.');
      return { status: 200, body: file.bytes, headers: headersOf(file) };
    },
  };
}

/** The document's sample is http. */
function signedUrl(path: string, expiresAt: number): string {
  const expires = String(Math.floor(expiresAt / 1000));
  const signature = { Expires: expires, OSSAccessKeyId: 'LTAIcasebell', Signature: signatureOf(path, expires) };
  return `http://${STORAGE_HOST}${path}?${new URLSearchParams(signature)}`;
}

function signatureOf(path: string, expires: string): string {
  return createHmac('sha1', SECRETS.appSecret).update(`GET\n\n\n${expires}\n${path}`).digest('base64');
}

function pathOf({ kind, name }: SharedFile): string {
  const extension = kind === 'image' ? extensionOf(name) : 'file';
  return `/ddmedia%2FiAE${randomBytes(24).toString('base64url')}.${extension}`;
}

function headersOf({ kind, name, bytes }: SharedFile): Record<string, string> {
  const type = (kind === 'image' && IMAGE_TYPES[extensionOf(name)]) || 'application/octet-stream';
  return { 'content-type': type, 'content-length': String(bytes.length) };
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
