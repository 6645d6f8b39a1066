import type { ApiResponse } from '../workspace';

/** A bucket of Alibaba Cloud, as in logs of 2025 and 2026; the document masks all but its beginning. */
export const STORAGE_HOST = 'wukong-file-im-zjk.oss-cn-zhangjiakou.aliyuncs.com';

const TOO_MANY_REQUESTS = '您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了';

/** A rejection of `api.dingtalk.com`, as in logs: a code in words, with its HTTP status. */
export function reject(status: number, code: string, message: string): ApiResponse {
  return { status, body: { code, requestid: '00000000-0000-7000-8000-000000000000', message } };
}

/** A rejection of the older `oapi.dingtalk.com`: a number inside an HTTP 200. */
export function rejectOapi(errcode: number, errmsg: string): ApiResponse {
  return { status: 200, body: { errcode, errmsg, request_id: '000000000000' } };
}

/** An invalid token is errcode 88 with a text `sub_code`: tested live by others in 2026. */
export function rejectToken(sub_code: string, sub_msg: string): ApiResponse {
  const errmsg = `ding talk error[subcode=${sub_code},submsg=${sub_msg}]`;
  return { status: 200, body: { errcode: 88, errmsg, sub_code, sub_msg, request_id: '000000000000' } };
}

/** A rejection of Alibaba Cloud's storage: XML. */
export function rejectStorage(status: number, code: string, message: string): ApiResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body, headers: { 'content-type': 'application/xml' } };
}

export function rejectThrottled(): ApiResponse {
  return reject(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', TOO_MANY_REQUESTS);
}

/** How each API reports its own failure, or too many requests ("how-to-process-api-throttling"). */
export function failWith(kind: 'error' | 'throttle', { hostname, pathname }: URL): ApiResponse {
  const isError = kind === 'error';
  if (hostname === STORAGE_HOST) {
    return isError
      ? rejectStorage(500, 'InternalError', 'We encountered an internal error. Please try again.')
      : rejectStorage(503, 'SlowDown', 'Please reduce your request rate.');
  }
  if (!hostname.startsWith('oapi.')) {
    return isError ? reject(500, 'system.error', '未知的系统错误') : rejectThrottled();
  }
  if (isError) return rejectOapi(-1, '系统繁忙');
  return pathname.startsWith('/robot/')
    ? rejectOapi(130101, 'send too fast, exceed 20 times per minute')
    : rejectOapi(90018, '您的应用调用当前接口的所有请求都被暂时禁用了');
}

export function isRejection({ status, body }: ApiResponse): boolean {
  const errcode = typeof body === 'object' && body !== null ? Reflect.get(body, 'errcode') : undefined;
  return status >= 300 || (errcode !== undefined && Number(errcode) !== 0);
}
