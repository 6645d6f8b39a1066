import type { HttpResponse } from './function-answer';

/**
 * What API Gateway answers by itself. The words are what users of real HTTP APIs see; documented are 404 ("Create routes for
 * HTTP APIs") and 429 ("Throttle requests to your HTTP APIs"). An integration that takes too long gives 503, unlike that of a
 * REST API, which gives 504: seen e.g. in cortexlabs/cortex issue 1225. Uncertain are 400 and 431.
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
  /** For the log; the client never hears it. */
  readonly reason: string;
}

/** The gateway's own answer, with its reason for the log. */
export function reject(status: keyof typeof MESSAGES, reason: string): Rejection {
  const body = Buffer.from(JSON.stringify({ message: MESSAGES[status] }));
  return { status, headers: { 'content-type': 'application/json' }, body, reason };
}
