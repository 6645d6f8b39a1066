import type { IncomingHttpHeaders } from 'node:http';

/** A multipart form with at most one file per field. */
export interface UploadForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, { readonly name: string; readonly bytes: Buffer }>>;
}

/** Parses multipart/form-data; undefined if the body is none. */
export async function parseFormData(headers: IncomingHttpHeaders, body: Buffer): Promise<UploadForm | undefined> {
  const type = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return undefined;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (!form) return undefined;
  const fields: Record<string, string> = {};
  const files: Record<string, { name: string; bytes: Buffer }> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else files[name] = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  return { fields, files };
}
