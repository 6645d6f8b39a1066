/** One part of a form. */
export interface Part {
  name: string;
  filename?: string;
  bytes: Buffer;
}

/** The parts of multipart/form-data (RFC 7578); undefined where it is none, or ends early. */
export function readForm(type: string, body: Buffer): Part[] | undefined {
  const [, quoted, bare] = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return undefined;
  const parts: Part[] = [];
  let at = body.indexOf(`--${boundary}`);
  while (at >= 0) {
    const start = at + boundary.length + 2;
    if (body.subarray(start, start + 2).toString() === '--') return parts;
    at = body.indexOf(`\r\n--${boundary}`, start);
    const part = at < 0 ? undefined : readPart(body.subarray(start + 2, at));
    if (!part) return undefined;
    parts.push(part);
    at += 2;
  }
  return undefined;
}

function readPart(part: Buffer): Part | undefined {
  const end = part.indexOf('\r\n\r\n');
  const headers = part.subarray(0, Math.max(0, end)).toString();
  const [, name] = /\bname="([^"]*)"/i.exec(headers) ?? [];
  const [, filename] = /\bfilename="([^"]*)"/i.exec(headers) ?? [];
  return name === undefined ? undefined : { name, ...(filename && { filename }), bytes: part.subarray(end + 4) };
}
