import { isObject } from '../json';
import type { ApiResponse } from '../workspace';

export function success(data: object = {}): ApiResponse {
  return { status: 200, body: { code: 0, msg: 'success', data } };
}

/** Most rejections have HTTP 400; `error` is as in the documents. */
export function reject(code: number, msg: string, status = 400): ApiResponse {
  return { status, body: { code, msg, error: { log_id: '20260501120000000000000000000000' } } };
}

export function isRejection({ body }: ApiResponse): boolean {
  return isObject(body) && !(body instanceof Uint8Array) && body.code !== 0;
}

/** Page "频控策略". */
export function rejectThrottled(seconds: number): ApiResponse {
  const headers = { 'x-ogw-ratelimit-limit': '100', 'x-ogw-ratelimit-reset': String(Math.max(1, Math.ceil(seconds))) };
  return { ...reject(99991400, 'request trigger frequency limit', 429), headers };
}

/** How Feishu reports its own failure, or too many requests. */
export function failWith(kind: 'error' | 'throttle'): ApiResponse {
  return kind === 'throttle' ? rejectThrottled(1) : reject(2200, 'internal error', 500);
}

export function invalidMessage(ext: string): ApiResponse {
  return reject(230001, `Your request contains an invalid request parameter, ext=${ext}.`);
}
