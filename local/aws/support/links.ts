import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listener, listen, readBytes } from '../listener';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** What is done for whoever has the link. */
export interface Link {
  readonly method: 'GET' | 'PUT';
  answer(body: Buffer): Answer;
}

/** How long a link is good for is not said; S3's own links are usually good for an hour. */
const LIFE = 3_600_000;

/** Bytes of the largest part of an upload (GetAttachmentUploadLinks). */
export const LARGEST_PART = 100 * 2 ** 20;

const refusal = (status: number, code: string): Answer => ({ status, body: `<Error><Code>${code}</Code></Error>` });

export interface Links extends Listener {
  /** The way to it for whoever is told the url. */
  issue(path: string, link: Link): { url: string; expiryDate: string };
}

/**
 * Presigned links, as S3 has them: the url is the permission, for some time. AWS's are https and below
 * `attachments.support.<region>.amazonaws.com`.
 * @param others asked first; true when it has answered
 */
export async function startLinks(
  now: () => number,
  others: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Links> {
  const issued = new Map<string, Link & { readonly expires: number }>();

  async function answer(request: IncomingMessage): Promise<Answer> {
    const link = issued.get(request.url ?? '');
    const body = await readBytes(request, LARGEST_PART);
    if (!link || link.method !== request.method || now() >= link.expires) return refusal(403, 'AccessDenied');
    return body ? link.answer(body) : refusal(400, 'EntityTooLarge');
  }

  const listener = await listen((request, response) => {
    if (others(request, response)) return;
    answer(request).then(
      ({ status, headers, body = '' }) =>
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body),
      () => response.destroy(),
    );
  });

  return {
    ...listener,
    issue(path, link) {
      const place = `/${path}?X-Amz-Signature=${randomBytes(32).toString('hex')}`;
      const expires = now() + LIFE;
      issued.set(place, { ...link, expires });
      return { url: `${listener.url}${place}`, expiryDate: new Date(expires).toISOString() };
    },
  };
}
