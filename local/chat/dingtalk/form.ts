import type { IncomingHttpHeaders } from 'node:http';

/** A form as RFC 7578 has it, with at most one file in it. */
export interface Form {
  fields: Readonly<Record<string, string>>;
  /** @property field what the form calls it. */
  file?: { field: string; name: string; bytes: Buffer };
}

/** Reads a body as a form; undefined when it is none. */
export function readForm(headers: IncomingHttpHeaders, body: Buffer): Form | undefined {
  const [, boundary] = headers['content-type']?.match(/^multipart\/form-data;.*boundary="?([^";]+)/i) ?? [];
  if (!boundary) return undefined;
  const parts = split(body, `--${boundary}`).map(readPart);
  const file = parts.find(({ name }) => name !== undefined);
  const fields = parts.filter(({ name }) => name === undefined).map(({ field, bytes }) => [field, bytes.toString()]);
  return {
    fields: Object.fromEntries(fields),
    ...(file && { file: { field: file.field, name: file.name ?? '', bytes: file.bytes } }),
  };
}

/** What stands between the boundaries, without the line breaks that belong to them. */
function split(body: Buffer, boundary: string): Buffer[] {
  const parts: Buffer[] = [];
  let from = body.indexOf(boundary);
  for (let to = next(from); to > 0; to = next(from)) {
    parts.push(body.subarray(from + boundary.length + 2, to));
    from = to + 2;
  }
  function next(at: number): number {
    return at < 0 ? -1 : body.indexOf(`\r\n${boundary}`, at);
  }
  return parts;
}

function readPart(part: Buffer): { field: string; name?: string; bytes: Buffer } {
  const end = part.indexOf('\r\n\r\n');
  const head = part.subarray(0, end).toString();
  const [, field = ''] = head.match(/[; ]name="([^"]*)"/) ?? [];
  const [, name] = head.match(/filename="([^"]*)"/) ?? [];
  return { field, ...(name !== undefined && { name }), bytes: part.subarray(end + 4) };
}
