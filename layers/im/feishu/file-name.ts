import type { SharedFile } from '../chat-app';

/** What pictures, voices and films are whose name nobody says; the letters of a key tell several of them apart. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/tiff': 'tiff',
  'image/heic': 'heic',
  'image/x-icon': 'ico',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/json': 'json',
  'text/plain': 'txt',
  'text/csv': 'csv',
};

/** What a file is called: as the message says, else as the answer does; with an extension where its kind tells one. */
export function nameOf(file: SharedFile, headers: Readonly<Record<string, string | undefined>>): string {
  const given = file.name || nameIn(headers['content-disposition'] ?? '');
  const name = clean(given) || `${file.kind}_${file.key.slice(-6)}`;
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const extension = EXTENSIONS[type.trim()];
  return extension && !/\.\w{1,10}$/.test(name) ? `${name}.${extension}` : name;
}

/** One line, and no way into another folder. */
export function clean(name: string): string {
  return name.replace(/[\p{Cc}/\\]/gu, '_').trim();
}

/**
 * RFC 6266. Feishu is known to write the name's UTF-8 as it is into `filename`, which reaches us letter by byte; that it may
 * be escaped is heard of, too.
 */
function nameIn(disposition: string): string {
  const [, extended] = /filename\*=(?:utf-8'[^']*')?([^;]+)/i.exec(disposition) ?? [];
  const [, quoted, bare] = /filename="((?:[^"\\]|\\.)*)"|filename=([^";]+)/i.exec(disposition) ?? [];
  const found = extended ?? quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '';
  return unescaped(Buffer.from(found, 'latin1').toString('utf8').trim());
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
