import type { HttpResponse, Rejection } from '../channel';
import { byCode, byStatus, codeOf, field, type Table, unreadable } from '../verdict';
import { ERRORS, STALE, STATUSES } from './api-errors';
import { FILE_ERRORS } from './file-errors';

const ALL: Table = { ...ERRORS, ...FILE_ERRORS };

/** Codes after which a new token may help. */
export const STALE_CODES: ReadonlySet<string> = new Set(Object.keys(ERRORS).filter((code) => ERRORS[code] === STALE));

/** The refusal in an answer of the open platform's API, which comes with any HTTP status; how long to wait is in a header. */
export function apiVerdict(answer: HttpResponse): Rejection | undefined {
  const rejection = refusalIn(answer);
  const seconds = Number(answer.headers['x-ogw-ratelimit-reset'] || answer.headers['retry-after'] || Number.NaN);
  const retryAfterSeconds = rejection?.retryable && seconds > 0 ? Math.ceil(seconds) : rejection?.retryAfterSeconds;
  return rejection && { ...rejection, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

function refusalIn(answer: HttpResponse): Rejection | undefined {
  const code = codeOf(answer.body, 'code');
  if (code === undefined) return byStatus(answer, STATUSES) ?? unreadable(answer);
  if (code === 0) return byStatus(answer, STATUSES);
  const row = ALL[code] ?? STATUSES[answer.status];
  if (!row && answer.status >= 500) return byStatus(answer);
  const words = String(field(answer.body, 'msg') ?? '');
  return byCode(String(code), words, { [code]: row ?? { reason: 'it refused the call' } });
}
