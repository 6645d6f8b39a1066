import type { IncomingMessage } from 'node:http';
import { isJson } from '../platform';

/** A file of 5 MB, the most that AWS Support takes, is a third larger in base64. */
const MAX_BODY_BYTES = 8 * 2 ** 20;

export interface RequestError {
  readonly status: number;
  readonly reason: string;
}

type Check = RequestError & { isWrong(request: IncomingMessage): boolean };

/** Readers must use this machine's own name: the owner of another name that resolves to it could read along. */
const READ_CHECKS: readonly Check[] = [
  {
    status: 403,
    reason: 'This page is only at 127.0.0.1 and localhost.',
    isWrong: ({ headers: { host = '' }, socket: { localPort } }) =>
      ![`127.0.0.1:${localPort}`, `localhost:${localPort}`].includes(host),
  },
];

/** Another site in the same browser must not act; to send JSON it would need a CORS permission that it never gets. */
const WRITE_CHECKS: readonly Check[] = [
  ...READ_CHECKS,
  {
    status: 403,
    reason: 'Another site may not act here.',
    isWrong: ({ headers: { origin, host } }) => origin !== undefined && origin !== `http://${host}`,
  },
  { status: 415, reason: 'Send JSON, as application/json.', isWrong: ({ headers }) => !isJson(headers) },
  {
    status: 411,
    reason: 'The request needs a content-length.',
    isWrong: ({ headers }) => headers['content-length'] === undefined,
  },
  {
    status: 413,
    reason: 'The file is too large: at most 5 MB.',
    isWrong: ({ headers }) => Number(headers['content-length']) > MAX_BODY_BYTES,
  },
];

/** Why a request is refused; undefined if it is allowed. */
export function requestError(request: IncomingMessage): RequestError | undefined {
  const checks = request.method === 'GET' ? READ_CHECKS : WRITE_CHECKS;
  return checks.find(({ isWrong }) => isWrong(request));
}
