/** What the open platform's API says. */
interface Said {
  code: number;
  msg: string;
  [more: string]: unknown;
}

/** What the open platform's API answers. */
export interface ApiReply {
  status: number;
  body: Said | Uint8Array;
  headers?: Record<string, string>;
}

export function done(data: object = {}): ApiReply {
  return { status: 200, body: { code: 0, msg: 'success', data } };
}

/** Refusals come with HTTP 400 nearly everywhere; the documents show this shape of `error`. */
export function refuse(code: number, msg: string, status = 400): ApiReply {
  return { status, body: { code, msg, error: { log_id: '20260501120000000000000000000000' } } };
}

export function isRefusal({ body }: ApiReply): boolean {
  return !(body instanceof Uint8Array) && body.code !== 0;
}

/** Page "频控策略". */
export function tooOften(seconds: number): ApiReply {
  const headers = { 'x-ogw-ratelimit-limit': '100', 'x-ogw-ratelimit-reset': String(Math.max(1, Math.ceil(seconds))) };
  return { ...refuse(99991400, 'request trigger frequency limit', 429), headers };
}

/** The same code stands on the pages of all chats. */
export const INVALID = refuse(232001, 'Your request contains an invalid request parameter.');
