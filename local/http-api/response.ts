import { validateHeaderName, validateHeaderValue } from 'node:http';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/** Of a function's event and result (Lambda Developer Guide, "Lambda quotas"). */
export const MAX_LAMBDA_BYTES = 6 * 1024 * 1024;

/**
 * A function's result as an HTTP response, by payload format 2.0: without `statusCode` the whole result is the body, as JSON
 * (Developer Guide, "Lambda function response for format 2.0").
 * @returns undefined for a result that has a `statusCode` and is otherwise malformed, or that is too large
 */
export function toHttpResponse(payload: unknown): HttpResponse | undefined {
  const json = JSON.stringify(payload ?? null);
  if (Buffer.byteLength(json) > MAX_LAMBDA_BYTES) return undefined;
  if (typeof payload === 'object' && payload !== null && 'statusCode' in payload) return fromFormat2(payload);
  // A string has no quotes, by the guide's table.
  const body = Buffer.from(typeof payload === 'string' ? payload : json);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}

function fromFormat2(payload: object): HttpResponse | undefined {
  const { statusCode, headers, body, isBase64Encoded } = payload as Record<string, unknown>;
  const status = Number(statusCode);
  const responseHeaders = headersOf(headers ?? {});
  const isText = body === undefined || body === null || typeof body === 'string';
  if (!Number.isInteger(status) || status < 200 || status > 599 || !responseHeaders || !isText) return undefined;
  return {
    status,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...responseHeaders,
    },
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** With names in lower case, so the content type occurs once, and without connection headers. */
function headersOf(headers: unknown): Record<string, string> | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (!entries.every(([name, value]) => isHeader(name, value))) return undefined;
  const kept = entries.filter(([name]) => !['connection', 'content-length', 'transfer-encoding'].includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
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

/**
 * API Gateway's own responses, with the messages that users of real HTTP APIs see. Documented are 404 ("Create routes for HTTP
 * APIs") and 429 ("Throttle requests to your HTTP APIs"). An integration timeout gives 503, unlike the 504 of a REST API:
 * cortexlabs/cortex issue 1225. 400 and 431 are uncertain.
 */
const MESSAGES = {
  400: 'Bad Request',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

export interface Rejection extends HttpResponse {
  /** For the log only. */
  readonly reason: string;
}

export function reject(status: keyof typeof MESSAGES, reason: string): Rejection {
  const body = Buffer.from(JSON.stringify({ message: MESSAGES[status] }));
  return { status, headers: { 'content-type': 'application/json' }, body, reason };
}
