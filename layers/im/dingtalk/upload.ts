import { type StreamResponse, streamRequest } from '../api-client';
import type { HttpResponse, Rejection, Runtime } from '../channel';
import type { FileContent } from '../chat-app';
import { DeliveryError, type ErrorRow, type ErrorTable } from '../errors';
import { multipartForm } from '../multipart';
import { redact } from '../redact';
import type { OpenApi } from './api';
import { textAt } from './fields';
import { oldVerdict } from './old-verdict';

const TOO_LARGE: ErrorRow = { reason: 'the file is larger than it takes', payloadRejected: true };

/** Of the global error codes ("server-api-error-codes-1"), which have smaller sizes than the page of the call. */
const ERRORS: ErrorTable = {
  '40004': { reason: 'it does not take this kind of file', payloadRejected: true },
  '40005': { reason: 'it does not take this kind of file', payloadRejected: true },
  '40006': TOO_LARGE,
  '41005': { reason: 'it found no file in the call', payloadRejected: true },
  '45001': TOO_LARGE,
};
/** An answer is a few hundred bytes; one that does not end must not fill the memory. */
const LONGEST_ANSWER = 64 * 1024;

/**
 * Gives it a file ("upload-media-files"), whose bytes pass through.
 * @param type `image` or `file`; the page has it in the form, and where that fails (40004) in the url: so in both.
 * @returns the id by which messages show the file, any number of times. Throws DeliveryError.
 */
export function upload(
  file: FileContent & { size: number },
  type: 'image' | 'file',
  api: OpenApi,
  runtime: Runtime,
): Promise<string> {
  return api.withTokenOnce(async (token) => {
    const url = new URL('https://oapi.dingtalk.com/media/upload');
    url.search = String(new URLSearchParams({ access_token: token, type }));
    const { type: form, ...body } = multipartForm({ type }, 'media', file);
    const headers = { 'content-type': form };
    const question = {
      method: 'POST',
      url: runtime.resolveEndpoint(url),
      headers,
      body,
      idleTimeoutMs: runtime.idleTimeoutMs ?? runtime.timeoutMs,
    } as const;
    const streamed = await streamRequest(question);
    const answer = 'reason' in streamed ? streamed : await read(streamed);
    const rejection = 'reason' in answer ? answer : oldVerdict(answer, ERRORS);
    if (rejection) throw failure(rejection, token);
    const id = 'reason' in answer ? '' : textAt(answer.body, 'media_id');
    return id || Promise.reject(failure({ reason: 'it gave no id of the file', retryable: true }, token));
  });
}

async function read({ status, headers, bytes }: StreamResponse): Promise<HttpResponse | Rejection> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LONGEST_ANSWER) break;
      chunks.push(chunk);
    }
  } catch {
    return { reason: 'its answer broke off', code: 'ECONNRESET', retryable: true };
  }
  return {
    status,
    headers: { ...headers } as HttpResponse['headers'],
    body: parsed(Buffer.concat(chunks).toString('utf8')),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A file that only lies there is shown to nobody, so there is no doubt about it. */
function failure({ outcomeUnknown: _, ...rejection }: Rejection, token: string): DeliveryError {
  const { reason, code = '' } = rejection;
  return new DeliveryError('dingtalk', {
    ...rejection,
    reason: redact(reason, [token]),
    ...(code && { code: redact(code, [token]) }),
  });
}
