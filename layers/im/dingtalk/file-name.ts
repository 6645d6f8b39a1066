import type { SharedFile } from '../chat-app';

/** What people share in a chat, by its media type; the storage may also say `application/octet-stream` to everything. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/bmp', 'bmp'],
  ['image/webp', 'webp'],
  ['audio/amr', 'amr'],
  ['audio/ogg', 'ogg'],
  ['audio/mpeg', 'mp3'],
  ['video/mp4', 'mp4'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['text/plain', 'txt'],
]);

/**
 * What to call something shared: by its own name, or where it has none, by what it is. `.file` is what DingTalk calls
 * everything in storage ("download-the-file-content-of-the-robot-receiving-message").
 * @param position where it stands among what was shared in the message, from 0.
 * @param type its Content-Type.
 */
export function nameFor({ name, kind }: SharedFile, position: number, type: string, url: URL): string {
  if (name) return name;
  const extension = EXTENSIONS.get(type.split(';')[0]?.trim().toLowerCase() ?? '') ?? storedExtension(url);
  const numbered = position > 0 ? `${kind}-${position + 1}` : kind;
  return extension ? `${numbered}.${extension}` : numbered;
}

function storedExtension({ pathname }: URL): string {
  const extension = extensionOf(pathname);
  return extension === 'file' ? '' : extension;
}

/** In lower case and without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  return name.match(/\.([a-z0-9]{1,8})$/i)?.[1]?.toLowerCase() ?? '';
}
