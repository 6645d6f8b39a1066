import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { HttpResponse, Rejection, Runtime } from './channel';
import { DeliveryError } from './errors';
import {
  type HttpRequest,
  JSON_CONTENT_TYPE,
  networkRejection,
  openResponse,
  readText,
  type SendHttpRequest,
  toHttpResponse,
  withTimeout,
} from './http';
import { redact } from './redact';

/** The API of one platform, and how its answers are read. */
export interface ApiClient {
  platform: string;
  runtime: Runtime;
  /** Reads the rejection out of a response; undefined means that the call succeeded. */
  parseResponse(response: HttpResponse): Rejection | undefined;
  /** What no error may repeat: tokens, keys. */
  secrets: readonly string[];
}

/** Calls a platform's API. Throws DeliveryError, with no url and no secret in it. */
export async function apiRequest(
  request: Omit<HttpRequest, 'url' | 'timeoutMs'> & { url: URL },
  { platform, runtime, parseResponse, secrets }: ApiClient,
): Promise<HttpResponse> {
  const url = runtime.resolveEndpoint(request.url);
  const response = await sendAxiosRequest({ ...request, url, timeoutMs: runtime.timeoutMs });
  const rejection = 'reason' in response ? response : parseResponse(response);
  if (!rejection && !('reason' in response)) return response;
  const { reason = '', code = '', ...facts } = rejection ?? {};
  const clean = { reason: redact(reason, secrets), code: redact(code, secrets) };
  throw new DeliveryError(platform, { retryable: false, ...facts, ...clean });
}

/** Axios with our own adapter: its Node and fetch adapters cost a cold start over 20 ms each. */
const client = axios.create({
  adapter: sendOverHttps,
  headers: { 'Content-Type': JSON_CONTENT_TYPE },
  responseType: 'text',
  transformRequest: [(body) => body],
  transformResponse: [(body) => body],
  validateStatus: () => true,
});

async function sendOverHttps(config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  const { method = 'GET', url = '', data: body, timeout, responseType, maxContentLength } = config;
  const headers = config.headers.toJSON() as Record<string, string>;
  const signal = config.signal as AbortSignal | undefined;
  const idleTimeoutMs = timeout || undefined;
  const response = await openResponse({ method: method.toUpperCase(), url, headers, body, signal, idleTimeoutMs });
  const data = responseType === 'stream' ? response : await readText(response, maxContentLength);
  const { statusCode: status = 0, statusMessage: statusText = '' } = response;
  return { status, statusText, headers: response.headers as Record<string, string>, data, config, request: undefined };
}

/** The same as `sendHttpRequest`, for bots. */
export const sendAxiosRequest: SendHttpRequest = ({ body: data, timeoutMs, maxResponseBytes, ...request }) =>
  withTimeout(timeoutMs, async (signal) => {
    const response = await client.request<string>({ ...request, data, signal, maxContentLength: maxResponseBytes });
    return toHttpResponse(response.status, response.headers, response.data);
  });

/** A request whose bytes, or whose response's bytes, are not held in memory as a whole. */
export interface StreamRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: { bytes: AsyncIterable<Uint8Array>; length: number };
  /** How long nothing may move. */
  idleTimeoutMs: number;
}

/** A response whose bytes are still to be read, or dropped with `bytes.destroy()`. */
export interface StreamResponse {
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  bytes: IncomingMessage;
}

/** Resolves with the response as soon as its headers are there, with a Rejection when there is none. Never throws. */
export async function streamRequest(request: StreamRequest): Promise<StreamResponse | Rejection> {
  const { method, url, headers, body, idleTimeoutMs: timeout } = request;
  // `false` keeps axios from adding a content type: a storage may have signed the headers.
  const allHeaders = { 'content-type': false, ...headers, ...(body && { 'content-length': String(body.length) }) };
  const data = body && Readable.from(body.bytes);
  try {
    const config = { method, url, headers: allHeaders, data, timeout, responseType: 'stream' } as const;
    const { status, data: bytes } = await client.request<IncomingMessage>(config);
    return { status, headers: bytes.headers as StreamResponse['headers'], bytes };
  } catch (error) {
    return networkRejection(error);
  }
}
