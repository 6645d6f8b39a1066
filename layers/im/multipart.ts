import { randomUUID } from 'node:crypto';
import type { FileContent } from './chat-app';

/** A form with one file in it (RFC 7578): the bytes are streamed, and the length is known before. */
export function multipartForm(
  fields: Readonly<Record<string, string>>,
  name: string,
  file: FileContent & { size: number },
): { type: string; bytes: AsyncIterable<Uint8Array>; length: number } {
  const boundary = `casebell-${randomUUID()}`;
  const parts = Object.entries(fields).map(([key, value]) => part(boundary, `name="${key}"`, value));
  const header = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${quoted(file.name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const before = Buffer.from(parts.join('') + header);
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: surround(before, file.bytes, after),
    length: before.length + file.size + after.length,
  };
}

const part = (boundary: string, about: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; ${about}\r\n\r\n${value}\r\n`;

/** As browsers do: "Multipart form data" of the HTML Standard. */
const quoted = (name: string): string =>
  name.replace(/["\r\n]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

async function* surround(before: Buffer, bytes: AsyncIterable<Uint8Array>, after: Buffer): AsyncIterable<Uint8Array> {
  yield before;
  yield* bytes;
  yield after;
}
