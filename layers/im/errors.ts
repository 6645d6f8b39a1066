import type { HttpResponse, Rejection } from './channel';

/**
 * A message that was not delivered, or an API call that failed. The url is the password, so neither message nor stack nor
 * cause holds it.
 */
export class DeliveryError extends Error implements Omit<Rejection, 'reason'> {
  override readonly name = 'DeliveryError';
  readonly platform: string;
  /** The platform's own error code, an HTTP status, or the network's (`ECONNREFUSED`). */
  readonly code?: string;
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number;
  readonly outcomeUnknown?: 'unanswered' | 'unclear';
  readonly throttled?: true;
  readonly payloadRejected?: true;

  constructor(
    platform: string,
    { reason, code, retryable, retryAfterSeconds, throttled, outcomeUnknown, payloadRejected }: Rejection,
  ) {
    super(`${platform}: ${reason}`);
    this.platform = platform;
    this.retryable = retryable;
    if (code !== undefined) this.code = code;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    if (outcomeUnknown) this.outcomeUnknown = outcomeUnknown;
    if (throttled) this.throttled = throttled;
    if (payloadRejected) this.payloadRejected = payloadRejected;
  }
}

/** One row of a platform's table of errors: what it means and what to do next, in plain words. */
export interface ErrorRow extends Omit<Rejection, 'code' | 'retryable'> {
  /** Whether the same message may be accepted later; false if absent. */
  retryable?: boolean;
}

export type ErrorTable = Readonly<Record<string, ErrorRow>>;

/** A table whose rows have several codes each, with spaces between them. */
export function errorTable(rows: readonly (readonly [codes: string, row: ErrorRow])[]): ErrorTable {
  return Object.fromEntries(rows.flatMap(([codes, row]) => codes.split(' ').map((code) => [code, row])));
}

/** What an HTTP status means on every platform; 5xx and unknown ones see `rejectionForStatus`. */
const STATUSES: ErrorTable = {
  400: { reason: 'it could not read the message', payloadRejected: true },
  401: { reason: 'it does not accept this webhook url any more; copy the url from the robot settings again' },
  403: { reason: 'it forbids this webhook to post here; check the robot settings' },
  404: { reason: 'there is no such webhook (any more); create one and enter its url' },
  408: { reason: 'it was too slow', retryable: true, outcomeUnknown: 'unclear' },
  410: { reason: 'this webhook was removed; create one and enter its url' },
  413: { reason: 'the message is too long for it', payloadRejected: true },
  429: { reason: 'too many messages', retryable: true, throttled: true },
};

/** The rejection in an HTTP status that is not 2xx, whatever the body says. */
export function rejectionForStatus({ status, body }: HttpResponse, table: ErrorTable = {}): Rejection | undefined {
  if (status >= 200 && status < 300) return undefined;
  const row = table[status] ?? STATUSES[status];
  if (row) return toRejection(row, `HTTP ${status}`, messageIn(body));
  const internalError: ErrorRow = {
    reason: 'it has an internal error',
    ...(status >= 500 && { retryable: true, outcomeUnknown: 'unclear' }),
  };
  return toRejection(internalError, `HTTP ${status}`, messageIn(body));
}

/**
 * The rejection behind an error code. An undocumented code means what the HTTP status means that it came with; with a 200
 * it is final, because retrying may mute a robot.
 */
export function rejectionForCode(code: string, message: string, table: ErrorTable, status = 200): Rejection {
  return toRejection(table[code] ?? STATUSES[status] ?? { reason: 'it refused the message' }, code, message);
}

/** For an HTTP 200 that is not the platform's own answer, such as the page of a proxy: most likely nothing was delivered. */
export function rejectionForUnreadable({ status, body }: HttpResponse): Rejection {
  const reason = 'the answer is not one of this platform; a proxy or a firewall may stand between';
  return toRejection({ reason, retryable: true, outcomeUnknown: 'unclear' }, `HTTP ${status}`, messageIn(body));
}

/** A field of a response body; undefined where the body is not an object. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** An error code as a number; undefined when there is none, or something that only JavaScript takes for a number. */
export function numericCode(body: unknown, name: string): number | undefined {
  const code = fieldOf(body, name);
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

function toRejection({ reason, retryable = false, ...facts }: ErrorRow, code: string, message: string): Rejection {
  const detail = message.trim() ? `${code}: ${message.trim()}` : code;
  return { ...facts, reason: `${reason} (${detail})`, code, retryable };
}

function messageIn(body: unknown): string {
  const message = fieldOf(body, 'errmsg') ?? fieldOf(body, 'msg') ?? fieldOf(body, 'message') ?? body;
  return typeof message === 'string' ? message : '';
}
