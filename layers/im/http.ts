import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpResponse, Rejection } from './channel';

/** One request to a platform. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** JSON unless the headers say otherwise. */
  body?: string;
  /** For the whole exchange. */
  timeoutMs: number;
  /** Where a response may be longer than a verdict on a message (64 KiB). */
  maxResponseBytes?: number;
}

/** Resolves with the response whatever its status is, and with a Rejection when there is none. Never throws. */
export type SendHttpRequest = (request: HttpRequest) => Promise<HttpResponse | Rejection>;

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';
/** Verdicts are a few hundred bytes; a response that does not end must not fill the memory. */
const MAX_VERDICT_BYTES = 64 * 1024;
const NO_PROGRESS = { code: 'ETIMEDOUT' };
const NO_RESPONSE = { code: 'ECONNRESET' };

/** Sends one request over node:https, which the AWS SDK has loaded anyway, so a cold start pays for no HTTP library. */
export const sendHttpRequest: SendHttpRequest = ({ headers, timeoutMs, maxResponseBytes, ...request }) =>
  withTimeout(timeoutMs, async (signal) => {
    const allHeaders = { 'content-type': JSON_CONTENT_TYPE, ...headers };
    const response = await openResponse({ ...request, headers: allHeaders, signal });
    return toHttpResponse(response.statusCode, response.headers, await readText(response, maxResponseBytes));
  });

/** Runs an exchange that the signal aborts after the timeout; a network error becomes a Rejection. */
export async function withTimeout(
  timeoutMs: number,
  exchange: (signal: AbortSignal) => Promise<HttpResponse>,
): Promise<HttpResponse | Rejection> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    return await exchange(timeout.signal);
  } catch (error) {
    if (!timeout.signal.aborted) return networkRejection(error);
    const reason = `no answer within ${timeoutMs} ms`;
    return { reason, code: 'ETIMEDOUT', retryable: true, outcomeUnknown: 'unanswered' };
  } finally {
    clearTimeout(timer);
  }
}

/** Keeps only the code of a network error: the rest of it may hold the url. */
export function networkRejection(error: unknown): Rejection {
  const { code } = Object(error) as { code?: unknown };
  const known = typeof code === 'string' ? code : 'unknown';
  return { reason: `it could not be reached (${known})`, code: known, retryable: true, outcomeUnknown: 'unanswered' };
}

/** A request on the level of node:http. */
export interface RawRequest {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Readable;
  signal?: AbortSignal;
  /** How long nothing may move. */
  idleTimeoutMs?: number;
}

/**
 * Resolves with the response as soon as its headers are there; rejects with the network's error.
 * Redirects are not followed: a webhook that moves is not the one that was configured. No connection is reused: a socket
 * that slept while Lambda was frozen is dead, and a lost response looks like a lost message.
 */
export function openResponse(raw: RawRequest): Promise<IncomingMessage> {
  const { method, url, headers, body, signal, idleTimeoutMs } = raw;
  const options = { method, headers, signal, timeout: idleTimeoutMs, agent: false };
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('http:') ? http : https).request(url, options, resolve);
    request.on('timeout', () => request.destroy(Object.assign(new Error('no progress'), NO_PROGRESS)));
    request.on('error', reject);
    // After a switch of protocols, for example. Once there is a response, this changes nothing.
    request.on('close', () => reject(Object.assign(new Error('closed without a response'), NO_RESPONSE)));
    if (typeof body === 'object') pipeline(body, request).catch((error) => request.destroy(error));
    else request.end(body);
  });
}

/** Reads the body as UTF-8; what is beyond the limit is dropped. */
export async function readText(response: IncomingMessage, maxBytes = 0): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > Math.max(MAX_VERDICT_BYTES, maxBytes)) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function toHttpResponse(status: number | undefined, headers: object, text: string): HttpResponse {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status: status ?? 0, headers: Object.fromEntries(lowerCase), body: parseBody(text) };
}

/** JSON where it is JSON. Slack answers `ok` and a proxy answers HTML: both are for `parseResponse` to judge. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether the url is on one of these hosts, where `*.` stands for any name in front; never with a user or another port. */
export function isOnHosts(url: URL, hosts: readonly string[]): boolean {
  if (url.protocol !== 'https:' || url.username || url.password) return false;
  return hosts.some((host) => (host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host));
}
