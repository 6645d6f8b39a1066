import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SupportError } from '../../domain/support-client';

/** In ms in which nothing moves. */
const PATIENCE = 15_000;

/** The bytes behind a link that AWS has signed; the link is a password and in no error. */
export async function downloadBytes(url: string): Promise<{ size?: number; bytes: AsyncIterable<Uint8Array> }> {
  const answer = await send(url, 'GET');
  const length = Number(answer.headers['content-length']);
  return { bytes: answer, ...(Number.isFinite(length) && { size: length }) };
}

/** Puts the next so many bytes of a source there, and gives their ETag. @param leftover what was read of the source beyond that */
export async function uploadPart(
  url: string,
  source: AsyncIterator<Uint8Array>,
  length: number,
  leftover: { chunk?: Uint8Array },
): Promise<string> {
  const answer = await send(url, 'PUT', { bytes: take(source, length, leftover), length });
  answer.resume();
  return String(answer.headers.etag ?? '');
}

async function* take(source: AsyncIterator<Uint8Array>, length: number, leftover: { chunk?: Uint8Array }) {
  let missing = length;
  while (missing > 0) {
    const chunk = leftover.chunk ?? (await source.next()).value;
    if (!chunk) throw new SupportError('file-refused', 'the file ended early');
    yield chunk.subarray(0, missing);
    leftover.chunk = chunk.length > missing ? chunk.subarray(missing) : undefined;
    missing -= Math.min(missing, chunk.length);
  }
}

function send(
  url: string,
  method: 'GET' | 'PUT',
  body?: { bytes: AsyncIterable<Uint8Array>; length: number },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = body && { 'content-length': body.length };
    const request = (url.startsWith('http:') ? http : https).request(url, { method, headers, timeout: PATIENCE });
    request.on('response', (answer) => (isFine(answer) ? resolve(answer) : reject(refused(answer))));
    request.on('timeout', () => request.destroy(new Error('silent')));
    request.on('error', (error: NodeJS.ErrnoException) => reject(unreached(error)));
    if (body) pipeline(Readable.from(body.bytes), request).catch((error) => request.destroy(error));
    else request.end();
  });
}

const isFine = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

function refused(answer: IncomingMessage): SupportError {
  answer.resume();
  const isExpired = answer.statusCode === 403 || answer.statusCode === 404;
  return new SupportError(isExpired ? 'file-expired' : 'unreachable', `a file: HTTP ${answer.statusCode}`, !isExpired);
}

const unreached = (error: NodeJS.ErrnoException): Error =>
  error instanceof SupportError ? error : new SupportError('unreachable', `a file: ${error.code ?? error.name}`, true);
