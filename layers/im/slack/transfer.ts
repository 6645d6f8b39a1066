import type { IncomingMessage } from 'node:http';
import { type StreamRequest, type StreamResponse, streamRequest } from '../api-client';
import type { Rejection, Runtime } from '../channel';
import type { FileContent, Secrets } from '../chat-app';
import { DeliveryError, type ErrorTable, rejectionForStatus } from '../errors';
import { isOnHosts } from '../http';
import { PLATFORM } from './message';
import { authorization } from './token';

/** Where Slack keeps files. */
export const FILE_HOST = 'files.slack.com';
/** No page speaks of it, but senders report that downloads were led there (openclaw/openclaw#63588). */
export const FILE_EDGE = '*.slack-edge.com';
const HOPS = 3;

/** Bytes on their way from and to Slack, which are nowhere as a whole. Both throw DeliveryError. */
export interface Transfer {
  /** The answer of an address that a file was given with; its bytes throw DeliveryError where the connection breaks off. */
  download(
    address: string,
  ): Promise<Pick<StreamResponse, 'headers'> & { bytes: AsyncIterable<Uint8Array>; drop(): void }>;
  /** Posts the bytes, as they are, to the address that Slack gave out for them. */
  upload(address: string, file: FileContent & { size: number }): Promise<void>;
}

/** The token goes to Slack's own host and nowhere else: an upload's address lets in by itself. */
export function openTransfer(
  { botToken = '' }: Secrets,
  { resolveEndpoint, timeoutMs, idleTimeoutMs }: Runtime,
): Transfer {
  const ask = async (question: Omit<StreamRequest, 'url' | 'idleTimeoutMs'> & { url: URL }, table: ErrorTable) => {
    const answer = await streamRequest({
      ...question,
      url: resolveEndpoint(question.url),
      idleTimeoutMs: idleTimeoutMs ?? timeoutMs,
    });
    if ('reason' in answer) throw failure(answer);
    // The connection may break while nobody reads yet; whoever reads then is told all the same.
    answer.bytes.on('error', () => undefined);
    const rejection = isRedirect(answer) ? undefined : refusalIn(answer, table);
    if (!rejection) return answer;
    answer.bytes.destroy();
    throw failure(rejection);
  };
  const follow = async (url: URL, hops: number): Promise<StreamResponse> => {
    const headers = url.host === FILE_HOST ? authorization(botToken) : {};
    const answer = await ask({ method: 'GET', url, headers }, DOWNLOADS);
    if (!isRedirect(answer)) return answer;
    answer.bytes.destroy();
    const { location } = answer.headers;
    const next = location ? parsed(location, url) : undefined;
    if (!next || hops === 0 || !isOnHosts(next, [FILE_HOST, FILE_EDGE])) throw failure(LOCKED);
    return follow(next, hops - 1);
  };
  return {
    async download(address) {
      const { headers, bytes } = await follow(pinned(address), HOPS);
      return { headers, bytes: whole(bytes), drop: () => bytes.destroy() };
    },
    async upload(address, { bytes, size }) {
      const question = { method: 'POST', url: pinned(address), headers: BYTES, body: { bytes, length: size } } as const;
      const answer = await ask(question, UPLOADS);
      answer.bytes.destroy();
      if (isRedirect(answer)) throw failure(EXPIRED);
    },
  };
}

const BYTES = { 'content-type': 'application/octet-stream' };

/** A request that Slack's login page answers was not let in: that is how it refuses a token or a scope here. */
export const LOCKED = {
  reason:
    'it does not give the file to the bot; add the scope files:read under OAuth & Permissions, install the app again, and share the file where the bot is',
  code: 'files:read',
  retryable: false,
};
const GONE = { reason: 'the file is not there any more; share it again' };
const BUSY = { reason: 'too many calls', retryable: true, throttled: true } as const;
const DOWNLOADS: ErrorTable = { 401: LOCKED, 403: LOCKED, 404: GONE, 410: GONE, 429: BUSY };

/** Another try is given another address. */
const EXPIRED = { reason: 'the address to upload to is not good any more', code: 'expired', retryable: true };
const UPLOADS: ErrorTable = {
  400: { reason: 'it did not take the bytes of the file', retryable: true },
  403: EXPIRED,
  404: EXPIRED,
  410: EXPIRED,
  413: { reason: 'the file is too large for it', payloadRejected: true },
  429: BUSY,
};
const STRANGE = { reason: 'the address of the file is not one of Slack; share the file itself', retryable: false };
const BROKEN = { reason: 'the connection broke off in the middle of the file', code: 'ECONNRESET', retryable: true };

/** Nobody sees a file before it is completed, so nothing about it is uncertain. */
function failure({ outcomeUnknown: _, ...rejection }: Rejection): DeliveryError {
  return new DeliveryError(PLATFORM, rejection);
}

function refusalIn({ status, headers }: StreamResponse, table: ErrorTable): Rejection | undefined {
  const rejection = rejectionForStatus({ status, headers: {}, body: '' }, table);
  const wait = headers['retry-after'] ?? '';
  return rejection && /^\d{1,6}$/.test(wait) ? { ...rejection, retryAfterSeconds: Number(wait) } : rejection;
}

function isRedirect({ status }: StreamResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function parsed(address: string, base?: URL): URL | undefined {
  return URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
}

function pinned(address: string): URL {
  const url = parsed(address);
  if (!url || !isOnHosts(url, [FILE_HOST])) throw failure(STRANGE);
  return url;
}

async function* whole(bytes: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw failure(BROKEN);
  }
}
