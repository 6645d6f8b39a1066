import type { HttpResponse, Rejection } from './channel';

/** One row of a platform's table of errors: what it means and what to do next, in plain words. */
export interface Row extends Omit<Rejection, 'code' | 'retryable'> {
  /** Whether the same message may be accepted later; no, where nothing is said. */
  retryable?: boolean;
}

export type Table = Readonly<Record<string, Row>>;

/** What an HTTP status means on every platform; 5xx and unknown ones see `byStatus`. */
const STATUSES: Table = {
  400: { reason: 'it could not read the message', payloadRejected: true },
  401: { reason: 'it does not accept this webhook url any more; copy the url from the robot settings again' },
  403: { reason: 'it forbids this webhook to post here; check the robot settings' },
  404: { reason: 'there is no such webhook (any more); create one and enter its url' },
  408: { reason: 'it was too slow', retryable: true, outcomeUnknown: 'unclear' },
  410: { reason: 'this webhook was removed; create one and enter its url' },
  413: { reason: 'the message is too long for it', payloadRejected: true },
  429: { reason: 'too many messages', retryable: true, throttled: true },
};

/** The refusal in an HTTP status that is not 2xx, whatever the body says. */
export function byStatus({ status, body }: HttpResponse, table: Table = {}): Rejection | undefined {
  if (status >= 200 && status < 300) return undefined;
  const row = table[status] ?? STATUSES[status];
  if (row) return refusal(row, `HTTP ${status}`, wordsOf(body));
  const trouble: Row = {
    reason: 'it has trouble of its own',
    ...(status >= 500 && { retryable: true, outcomeUnknown: 'unclear' }),
  };
  return refusal(trouble, `HTTP ${status}`, wordsOf(body));
}

/**
 * The refusal behind an error code. One that is in nobody's documents means what the HTTP status does that it came with,
 * and with a 200 it is final, because retrying may mute a robot.
 */
export function byCode(code: string, words: string, table: Table, status = 200): Rejection {
  return refusal(table[code] ?? STATUSES[status] ?? { reason: 'it refused the message' }, code, words);
}

/** For an HTTP 200 that is not the platform's own answer, such as the page of a proxy: then nothing was delivered, most likely. */
export function unreadable({ status, body }: HttpResponse): Rejection {
  const reason = 'the answer is not one of this platform; a proxy or a firewall may stand between';
  return refusal({ reason, retryable: true, outcomeUnknown: 'unclear' }, `HTTP ${status}`, wordsOf(body));
}

/** A field of an answer, wherever the answer turns out not to be an object. */
export function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** An error code as a number; `undefined` when there is none, or something that only JavaScript takes for a number. */
export function codeOf(body: unknown, name: string): number | undefined {
  const code = field(body, name);
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^-?\d+$/.test(code) ? Number(code) : undefined;
}

function refusal({ reason, retryable = false, ...facts }: Row, code: string, words: string): Rejection {
  const said = words.trim() ? `${reason} (${code}: ${words.trim()})` : `${reason} (${code})`;
  return { ...facts, reason: said, code, retryable };
}

function wordsOf(body: unknown): string {
  const words = field(body, 'errmsg') ?? field(body, 'msg') ?? field(body, 'message') ?? body;
  return typeof words === 'string' ? words : '';
}
