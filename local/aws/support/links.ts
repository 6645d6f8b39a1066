import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Listener, listen, readBytes } from '../listener';

interface LinkResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

interface Link {
  readonly method: 'GET' | 'PUT';
  respond(body: Buffer): LinkResponse;
}

/** Not documented; S3's own links are usually valid for an hour. */
const LIFETIME_MS = 3_600_000;
/** Of one part of an upload (GetAttachmentUploadLinks). */
const MAX_BYTES = 100 * 2 ** 20;

const reject = (status: number, code: string): LinkResponse => ({
  status,
  body: `<Error><Code>${code}</Code></Error>`,
});

export interface Links extends Listener {
  create(path: string, link: Link): { url: string; expiryDate: string };
}

/**
 * Presigned links as in S3: the url is the permission. AWS's links are https and below
 * `attachments.support.<region>.amazonaws.com`.
 * @param handleOther called first; true when it has handled the request
 */
export async function startLinks(
  now: () => number,
  handleOther: (request: IncomingMessage, response: ServerResponse) => boolean,
): Promise<Links> {
  const links = new Map<string, Link & { readonly expiresAt: number }>();

  async function handle(request: IncomingMessage): Promise<LinkResponse> {
    const link = links.get(request.url ?? '');
    const body = await readBytes(request, MAX_BYTES);
    if (!link || link.method !== request.method || now() >= link.expiresAt) return reject(403, 'AccessDenied');
    return body ? link.respond(body) : reject(400, 'EntityTooLarge');
  }

  const listener = await listen((request, response) => {
    if (handleOther(request, response)) return;
    handle(request).then(
      ({ status, headers, body = '' }) =>
        response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body),
      () => response.destroy(),
    );
  });

  return {
    ...listener,
    create(path, link) {
      const signedPath = `/${path}?X-Amz-Signature=${randomBytes(32).toString('hex')}`;
      const expiresAt = now() + LIFETIME_MS;
      links.set(signedPath, { ...link, expiresAt });
      return { url: `${listener.url}${signedPath}`, expiryDate: new Date(expiresAt).toISOString() };
    },
  };
}
