import type { ApiRequest } from '../workspace';
import { type ApiReply, done, refuse } from './api-reply';
import { type Part, readForm } from './form-data';
import type { Office } from './office';
import { kindOf } from './pictures';

/** Pages "上传文件" and "上传图片"; whether a megabyte has 1,000 or 1,024 kilobytes, they do not say. */
const MEGABYTE = 1024 * 1024;
const TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

const INVALID = refuse(234001, 'Invalid request param.');
const TOO_LARGE = refuse(234006, 'The file size exceed the max value.');
const EMPTY = refuse(234010, "File's size can't be 0.");

/** POST im/v1/files: nobody sees it until it is said. */
export function uploadFile(office: Office, call: ApiRequest): ApiReply {
  const form = formOf(call);
  const [type, name] = [textOf(form, 'file_type'), textOf(form, 'file_name')];
  const bytes = form.get('file')?.bytes;
  if (!TYPES.includes(type) || !name || !bytes) return INVALID;
  if (bytes.length > 30 * MEGABYTE) return TOO_LARGE;
  if (bytes.length === 0) return EMPTY;
  return done({ file_key: office.vault.keep({ kind: 'file', name, bytes, type, isOurs: true }).key });
}

/** POST im/v1/images, for pictures that are said. */
export function uploadPicture(office: Office, call: ApiRequest): ApiReply {
  const form = formOf(call);
  const bytes = form.get('image')?.bytes;
  if (textOf(form, 'image_type') !== 'message' || !bytes) return INVALID;
  if (bytes.length > 10 * MEGABYTE) return TOO_LARGE;
  if (bytes.length === 0) return EMPTY;
  const kind = kindOf(bytes);
  if (!kind) return refuse(234011, "Can't regonnize the image format.");
  if (!kind.isSmall(bytes)) return refuse(234039, 'Image resolution exceeds limit.');
  const name = `picture.${kind.extension}`;
  return done({ image_key: office.vault.keep({ kind: 'image', name, bytes, isOurs: true }).key });
}

function formOf({ headers, body }: ApiRequest): Map<string, Part> {
  const parts = readForm(headers['content-type'] ?? '', body) ?? [];
  return new Map(parts.map((part) => [part.name, part]));
}

function textOf(form: ReadonlyMap<string, Part>, name: string): string {
  return form.get(name)?.bytes.toString() ?? '';
}
