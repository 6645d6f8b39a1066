/** An answer to a call of the API. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * The form of refusals on `api.dingtalk.com`, as people log them: words for a code, with the HTTP status that belongs to
 * it.
 */
export function refuse(status: number, code: string, message: string): Reply {
  return { status, body: { code, requestid: '00000000-0000-7000-8000-000000000000', message } };
}

/** The form on `oapi.dingtalk.com`: a number inside an HTTP 200. */
export function refuseOld(errcode: number, errmsg: string): Reply {
  return { status: 200, body: { errcode, errmsg, request_id: '000000000000' } };
}

/** What is wrong with a token hides behind errcode 88: probed by others in 2026, `sub_code` is a text. */
export function refuseToken(sub_code: string, sub_msg: string): Reply {
  const errmsg = `ding talk error[subcode=${sub_code},submsg=${sub_msg}]`;
  return { status: 200, body: { errcode: 88, errmsg, sub_code, sub_msg, request_id: '000000000000' } };
}

/** The form of Alibaba Cloud's storage: XML. */
export function refuseStorage(status: number, code: string, message: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body, headers: { 'content-type': 'application/xml' } };
}

export function isRefusal({ status, body }: Reply): boolean {
  const errcode = typeof body === 'object' && body !== null ? Reflect.get(body, 'errcode') : undefined;
  return status >= 300 || (errcode !== undefined && Number(errcode) !== 0);
}
