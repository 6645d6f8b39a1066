import { type StreamResponse, streamRequest } from '../api-client';
import type { HttpResponse, Rejection } from '../channel';
import type { SizedFile } from '../chat-app';
import { DeliveryError, type ErrorRow, type ErrorTable } from '../errors';
import { readText, toHttpResponse } from '../http';
import { textAt } from '../json';
import { multipartForm } from '../multipart';
import { redact } from '../redact';
import type { Api } from './api';
import { parseLegacyResponse } from './errors';

const TOO_LARGE: ErrorRow = { reason: 'the file is larger than it takes', payloadRejected: true };
const WRONG_TYPE: ErrorRow = { reason: 'it does not take this kind of file', payloadRejected: true };

/** Of the global error codes ("server-api-error-codes-1"), which have smaller sizes than the page of the call. */
const UPLOAD_ERRORS: ErrorTable = {
  '40004': WRONG_TYPE,
  '40005': WRONG_TYPE,
  '40006': TOO_LARGE,
  '41005': { reason: 'it found no file in the call', payloadRejected: true },
  '45001': TOO_LARGE,
};

/**
 * Uploads a file without holding it in memory ("upload-media-files").
 * @param type the page has it in the form, and where that fails (40004) in the url: so it is in both
 * @returns the id by which messages show the file, any number of times. Throws DeliveryError.
 */
export function upload(api: Api, file: SizedFile, type: 'image' | 'file'): Promise<string> {
  const { runtime } = api;
  return api.withToken(async (token) => {
    const url = new URL('https://oapi.dingtalk.com/media/upload');
    url.search = String(new URLSearchParams({ access_token: token, type }));
    const { type: contentType, ...body } = multipartForm({ type }, 'media', file);
    const streamed = await streamRequest({
      method: 'POST',
      url: runtime.resolveEndpoint(url),
      headers: { 'content-type': contentType },
      body,
      idleTimeoutMs: runtime.idleTimeoutMs ?? runtime.timeoutMs,
    });
    const response = 'reason' in streamed ? streamed : await readResponse(streamed);
    if ('reason' in response) throw uploadError(response, token);
    const rejection = parseLegacyResponse(response, UPLOAD_ERRORS);
    if (rejection) throw uploadError(rejection, token);
    const id = textAt(response.body, 'media_id');
    if (!id) throw uploadError({ reason: 'it returned no id of the file', retryable: true }, token);
    return id;
  }, false);
}

async function readResponse({ status, headers, bytes }: StreamResponse): Promise<HttpResponse | Rejection> {
  try {
    return toHttpResponse(status, headers, await readText(bytes));
  } catch {
    return { reason: 'its response broke off', code: 'ECONNRESET', retryable: true };
  }
}

/** Without `outcomeUnknown`: a file that was only uploaded is not shown. */
function uploadError({ outcomeUnknown: _, ...rejection }: Rejection, token: string): DeliveryError {
  const { reason, code = '' } = rejection;
  return new DeliveryError('dingtalk', {
    ...rejection,
    reason: redact(reason, [token]),
    ...(code && { code: redact(code, [token]) }),
  });
}
