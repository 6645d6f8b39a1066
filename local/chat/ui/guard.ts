import type { IncomingMessage } from 'node:http';
import { isJson } from '../platform';

/** In bytes: a file of 5 MB, the most that AWS Support takes, is a third larger in base64. */
const LARGEST = 8 * 2 ** 20;

/** Why a request is not let in. */
export interface Objection {
  readonly status: number;
  readonly reason: string;
}

type Check = Objection & { isWrong(request: IncomingMessage): boolean };

/** Who looks must have come to this machine by its own name: a foreign name that leads here would let its owner read along. */
const LOOKING: readonly Check[] = [
  {
    status: 403,
    reason: 'This page is only at 127.0.0.1 and localhost.',
    isWrong: (request) => !ownHosts(request).includes(hostOf(request)),
  },
];

/** Who acts must not be another site in the same browser; to send JSON it would need a leave that is never given. */
const ACTING: readonly Check[] = [
  ...LOOKING,
  {
    status: 403,
    reason: 'Another site may not act here.',
    isWrong: ({ headers: { origin, host } }) => origin !== undefined && origin !== `http://${host}`,
  },
  { status: 415, reason: 'Send JSON, as application/json.', isWrong: ({ headers }) => !isJson(headers) },
  {
    status: 411,
    reason: 'Say how long the request is.',
    isWrong: ({ headers }) => headers['content-length'] === undefined,
  },
  {
    status: 413,
    reason: 'That is too large: at most 5 MB.',
    isWrong: ({ headers }) => Number(headers['content-length']) > LARGEST,
  },
];

/** The first objection to a request; undefined where it may be answered. */
export function objectionTo(request: IncomingMessage): Objection | undefined {
  const checks = request.method === 'GET' ? LOOKING : ACTING;
  return checks.find(({ isWrong }) => isWrong(request));
}

function hostOf({ headers }: IncomingMessage): string {
  return headers.host ?? '';
}

function ownHosts({ socket: { localPort } }: IncomingMessage): string[] {
  return [`127.0.0.1:${localPort}`, `localhost:${localPort}`];
}
