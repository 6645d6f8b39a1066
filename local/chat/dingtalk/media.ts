import { randomBytes } from 'node:crypto';
import type { ApiRequest } from '../workspace';
import { type Form, readForm } from './form';
import { type Reply, refuseOld } from './refusal';

const MEGABYTE = 1024 * 1024;
/**
 * "upload-media-files", of 2026-06. That page has no word about empty files, and the table of global errors has smaller
 * sizes; here the page counts, and an empty file is none (41005).
 */
const KINDS: Readonly<Record<string, { most: number; extensions: readonly string[] }>> = {
  image: { most: 20 * MEGABYTE, extensions: ['jpg', 'gif', 'png', 'bmp'] },
  voice: { most: 2 * MEGABYTE, extensions: ['amr', 'mp3', 'wav'] },
  video: { most: 20 * MEGABYTE, extensions: ['mp4'] },
  file: { most: 20 * MEGABYTE, extensions: ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar'] },
};

/** Something uploaded. */
export interface Medium {
  type: string;
  name: string;
  bytes: Uint8Array;
}

/** What was uploaded to be sent, by its `media_id`: for ever, as long as the organisation exists. */
export interface Media {
  /** Answers "upload-media-files", the token already checked. */
  take(call: ApiRequest): Reply;
  find(id: string): Medium | undefined;
}

export function openMedia(now: () => number): Media {
  const media = new Map<string, Medium>();
  return {
    find: (id) => media.get(id),
    take({ headers, body, url }) {
      const form = readForm(headers, body);
      if (!form) return refuseOld(43008, '参数需要multipart类型');
      const medium = mediumIn(form, url);
      if ('status' in medium) return medium;
      const media_id = `@lAzP${randomBytes(12).toString('base64url')}`;
      media.set(media_id, medium);
      return { status: 200, body: { errcode: 0, errmsg: 'ok', media_id, created_at: now(), type: medium.type } };
    },
  };
}

function mediumIn({ fields, file }: Form, url: URL): Medium | Reply {
  const type = fields.type ?? url.searchParams.get('type') ?? '';
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) return refuseOld(40004, '不合法的媒体文件类型');
  if (file?.field !== 'media' || file.bytes.length === 0) return refuseOld(41005, '缺少多媒体文件数据');
  if (!kind.extensions.includes(extensionOf(file.name))) return refuseOld(40005, '不合法的文件类型');
  if (file.bytes.length > kind.most) return refuseOld(40006, '不合法的文件大小');
  return { type, name: file.name, bytes: file.bytes };
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
