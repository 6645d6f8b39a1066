import { DeliveryError } from '../errors';

export const MEGABYTE = 1024 * 1024;

/** So many bytes, chunk by chunk, each of them where it was made. */
export async function* chunks(size: number, chunk = 64 * 1024): AsyncIterable<Uint8Array> {
  for (let at = 0; at < size; at += chunk) yield Buffer.alloc(Math.min(chunk, size - at), (at / chunk) % 251);
}

export function fileOf(name: string, bytes: Uint8Array) {
  return { name, size: bytes.length, bytes: one(bytes) };
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

export async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const chunk of bytes) read.push(chunk);
  return Buffer.concat(read);
}

/** With width and height where each kind has them. */
export function picture(kind: 'png' | 'gif' | 'jpg' | 'webp' | 'tiff', side = 40, size = 64): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write(
    { png: '\x89PNG\r\n\x1a\n', gif: 'GIF89a', jpg: '\xff\xd8\xff', webp: 'RIFF', tiff: 'II*\0' }[kind],
    'latin1',
  );
  if (kind === 'webp') bytes.write('WEBP', 8);
  if (kind === 'png') bytes.writeUInt32BE(side, bytes.writeUInt32BE(side, 16));
  if (kind === 'gif') bytes.writeUInt16LE(side, bytes.writeUInt16LE(side, 6));
  return bytes;
}

/** The DeliveryError that it ends with. */
export async function failureOf(promise: Promise<unknown> | undefined): Promise<DeliveryError> {
  const error = await promise?.catch((error: unknown) => error);
  if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${error}`);
  return error;
}
