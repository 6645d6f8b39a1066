import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import * as http2 from 'node:http2';
import type { AddressInfo, Server } from 'node:net';

/** A server on a port of the loopback interface. */
export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on 127.0.0.1; closing it drops open connections.
 * @param port 0 picks a free port; throws when another one is in use
 */
export async function listen(handle: RequestListener, port = 0): Promise<Listener> {
  const server = createServer(handle);
  return listening(server, port, () => server.closeAllConnections());
}

export type Http2Handler = (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => void;

/** The same with cleartext HTTP/2, which the SDK's Bedrock client uses with an `http:` endpoint. */
export function listenHttp2(handle: Http2Handler): Promise<Listener> {
  const sessions = new Set<http2.ServerHttp2Session>();
  const server = http2.createServer(handle);
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session)).on('error', () => undefined);
  });
  return listening(server, 0, () => {
    for (const session of sessions) session.destroy();
  });
}

async function listening(server: Server, port: number, dropConnections: () => void): Promise<Listener> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        dropConnections();
      }),
  };
}

/**
 * Reads the whole body; undefined once it is longer than `maxBytes`.
 * @throws when the client disconnects in the middle
 */
export async function readBytes(
  request: IncomingMessage | http2.Http2ServerRequest,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks);
}

/** The same as text. */
export async function readBody(
  request: IncomingMessage | http2.Http2ServerRequest,
  maxBytes: number,
): Promise<string | undefined> {
  return (await readBytes(request, maxBytes))?.toString('utf8');
}
