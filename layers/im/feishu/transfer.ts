import { type StreamRequest, type StreamResponse, streamRequest } from '../api-client';
import type { HttpResponse, Rejection } from '../channel';
import type { SizedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import { readText, toHttpResponse } from '../http';
import { parseJsonRecord, textAt, valueAt } from '../json';
import { multipartForm } from '../multipart';
import { redact } from '../redact';
import { type Api, type ApiCall, apiUrl, secretValues } from './api';
import { parseApiResponse } from './errors';

/** An error response has a few hundred bytes. */
const MAX_ERROR_BYTES = 4_096;
/** Without it there is no Content-Disposition ("下载文件"); the page of a message's resources does not mention it. */
const NAME_HEADERS = { 'content-type': 'application/json' };

const UNEXPECTED: Rejection = { reason: 'it returned something else than the file', retryable: true };
/** For a file that ends before its end. */
export const BROKEN_OFF: Rejection = {
  reason: 'the transfer of the file broke off',
  retryable: true,
  code: 'ECONNRESET',
};

/** Headers by lower-case name, and bytes that are still to be read. */
export interface Download {
  headers: StreamResponse['headers'];
  bytes: AsyncIterable<Uint8Array>;
}

/** A form with one file; `name` is the file's field. */
export interface UploadForm {
  path: string;
  fields: Readonly<Record<string, string>>;
  name: string;
  file: SizedFile;
}

/** Requests a file without holding it in memory. Throws DeliveryError. */
export function download(api: Api, call: Pick<ApiCall, 'path' | 'query'>): Promise<Download> {
  return api.withToken(async (token) => {
    const url = apiUrl(call, api.secrets);
    const response = await streamWithToken(api, token, { method: 'GET', url, headers: NAME_HEADERS });
    const { rejection, bytes } = await checkDownload(response);
    if (rejection) throw toError(rejection, api, token);
    return { headers: response.headers, bytes };
  });
}

/** Uploads a file without holding it in memory, and returns the response body. Its bytes are read once. Throws DeliveryError. */
export function upload(api: Api, { path, fields, name, file }: UploadForm): Promise<unknown> {
  return api.withToken(async (token) => {
    const { type, ...body } = multipartForm(fields, name, file);
    const url = apiUrl({ path }, api.secrets);
    const headers = { 'content-type': type };
    const response = await readError(await streamWithToken(api, token, { method: 'POST', url, headers, body }));
    const rejection = parseApiResponse(response);
    if (rejection) throw toError(rejection, api, token);
    return response.body;
  }, false);
}

type TokenRequest = Omit<StreamRequest, 'url' | 'idleTimeoutMs'> & { url: URL };

async function streamWithToken(api: Api, token: string, request: TokenRequest): Promise<StreamResponse> {
  const { resolveEndpoint, timeoutMs, idleTimeoutMs = timeoutMs } = api.runtime;
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const response = await streamRequest({ ...request, url: resolveEndpoint(request.url), headers, idleTimeoutMs });
  if ('reason' in response) throw toError(response, api, token);
  return response;
}

/** Rejections are JSON, and some have HTTP 200; but a shared file may be JSON, too. */
async function checkDownload(
  response: StreamResponse,
): Promise<{ rejection?: Rejection; bytes: AsyncIterable<Uint8Array> }> {
  const { status, headers, bytes } = response;
  if (status !== 200) return { rejection: parseApiResponse(await readError(response)) ?? UNEXPECTED, bytes };
  const isNamed = headers['content-disposition'] !== undefined;
  if (isNamed || !headers['content-type']?.startsWith('application/json')) return { bytes };
  const peeked = await peekStream(bytes, MAX_ERROR_BYTES).catch(() => undefined);
  if (!peeked) return { rejection: BROKEN_OFF, bytes };
  const text = peeked.head.length < MAX_ERROR_BYTES ? peeked.head.toString('utf8') : '';
  const body = parseJsonRecord(text);
  const isRejection = typeof valueAt(body, 'code') === 'number' && textAt(body, 'msg') !== '';
  if (!isRejection) return { bytes: peeked.bytes };
  return { rejection: parseApiResponse(toHttpResponse(status, headers, text)) ?? UNEXPECTED, bytes };
}

async function readError({ status, headers, bytes }: StreamResponse): Promise<HttpResponse> {
  return toHttpResponse(status, headers, await readText(bytes).catch(() => ''));
}

function toError({ reason, code = '', ...facts }: Rejection, { secrets }: Api, token: string): DeliveryError {
  const hidden = secretValues(secrets, token);
  return new DeliveryError('feishu', { ...facts, reason: redact(reason, hidden), code: redact(code, hidden) });
}

/** Reads at least so many bytes where there are, and returns them as `head`; `bytes` are all of them, as if unread. */
export async function peekStream(
  bytes: AsyncIterable<Uint8Array>,
  minBytes: number,
): Promise<{ head: Buffer; bytes: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < minBytes) {
    const { done, value } = await source.next();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(chunks), bytes: concat(chunks, source) };
}

async function* concat(chunks: readonly Uint8Array[], source: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}
