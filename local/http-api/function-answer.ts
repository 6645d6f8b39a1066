import { validateHeaderName, validateHeaderValue } from 'node:http';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Most bytes of what a function is handed and hands back at once (Lambda Developer Guide, "Lambda quotas"): 6 MB. */
export const MAX_LAMBDA_BYTES = 6 * 1024 * 1024;

/**
 * A function's answer as the client gets it, by the rules of payload format 2.0: without `statusCode` the whole of it is the
 * body, as JSON (Developer Guide, "Lambda function response for format 2.0").
 * @returns undefined for an answer that has a `statusCode` and is wrong otherwise, or that is too large
 */
export function toHttpResponse(payload: unknown): HttpResponse | undefined {
  const json = JSON.stringify(payload ?? null);
  if (Buffer.byteLength(json) > MAX_LAMBDA_BYTES) return undefined;
  if (typeof payload === 'object' && payload !== null && 'statusCode' in payload) return fromFormat2(payload);
  /** A lone text comes without its quotes, if the guide's table is to be believed. */
  const body = Buffer.from(typeof payload === 'string' ? payload : json);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function fromFormat2(payload: object): HttpResponse | undefined {
  const { statusCode, headers, cookies, body, isBase64Encoded } = payload as Record<string, unknown>;
  const status = Number(statusCode);
  const sent = headersOf(headers ?? {});
  const isText = body === undefined || body === null || typeof body === 'string';
  const baked = cookiesOf(cookies ?? []);
  if (!Number.isInteger(status) || status < 200 || status > 599 || !sent || !baked || !isText) return undefined;
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...sent, ...(baked.length > 0 && { 'set-cookie': baked }) },
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** Their names in lower case, so that the content type is there once, and without those of the connection. */
function headersOf(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (!entries.every(([name, value]) => isHeader(name, value))) return undefined;
  const kept = entries.filter(([name]) => !['connection', 'content-length', 'transfer-encoding'].includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

function cookiesOf(cookies: unknown): string[] | undefined {
  const isList = Array.isArray(cookies) && cookies.every((cookie) => isHeader('set-cookie', cookie));
  return isList ? cookies.map(String) : undefined;
}

function isHeader(name: string, value: unknown): boolean {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
    return true;
  } catch {
    return false;
  }
}
