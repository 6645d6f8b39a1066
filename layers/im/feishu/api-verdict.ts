import type { HttpResponse, Rejection } from '../channel';
import {
  type ErrorTable,
  fieldOf,
  numericCode,
  rejectionForCode,
  rejectionForStatus,
  rejectionForUnreadable,
} from '../errors';
import { ERRORS, STALE, STATUSES } from './api-errors';
import { FILE_ERRORS } from './file-errors';

const ALL: ErrorTable = { ...ERRORS, ...FILE_ERRORS };

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
  const code = numericCode(answer.body, 'code');
  if (code === undefined) return rejectionForStatus(answer, STATUSES) ?? rejectionForUnreadable(answer);
  if (code === 0) return rejectionForStatus(answer, STATUSES);
  const row = ALL[code] ?? STATUSES[answer.status];
  if (!row && answer.status >= 500) return rejectionForStatus(answer);
  const words = String(fieldOf(answer.body, 'msg') ?? '');
  return rejectionForCode(String(code), words, { [code]: row ?? { reason: 'it refused the call' } });
}
