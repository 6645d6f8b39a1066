import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Rejection } from './channel';

/** A request whose bytes, or whose answer's bytes, are not to be held as a whole. */
export interface StreamQuestion {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: { bytes: AsyncIterable<Uint8Array>; length: number };
  /** Milliseconds in which nothing moves. */
  patience: number;
}

/** An answer whose bytes are still to be read, or thrown away with `bytes.destroy()`. */
export interface Streamed {
  status: number;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>;
  bytes: IncomingMessage;
}

/** Asks, and gives the answer as soon as its headers are there. Redirects are not followed. Never throws: a refusal when nobody answered. */
export function stream(question: StreamQuestion): Promise<Streamed | Rejection> {
  const { method, url, headers, body, patience } = question;
  const length = body && { 'content-length': String(body.length) };
  return new Promise((resolve) => {
    const request = (url.startsWith('http:') ? http : https).request(
      url,
      { method, headers: { ...headers, ...length }, agent: false, timeout: patience },
      (bytes) => resolve({ status: bytes.statusCode ?? 0, headers: bytes.headers as Streamed['headers'], bytes }),
    );
    request.on('timeout', () => request.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })));
    request.on('error', (error) => resolve(unreached(error)));
    if (body) pipeline(Readable.from(body.bytes), request).catch((error) => request.destroy(error));
    else request.end();
  });
}

/** Only the code is kept: the rest of a network error may hold the url. */
function unreached(error: NodeJS.ErrnoException): Rejection {
  const code = typeof error.code === 'string' ? error.code : 'unknown';
  return { reason: `it could not be reached (${code})`, code, retryable: true, outcomeUnknown: 'unanswered' };
}
