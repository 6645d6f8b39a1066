import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Listener } from '../listener';

/**
 * Starts a server of cleartext HTTP/2 on 127.0.0.1 and a free port: what the SDK's clients of Bedrock speak with an `http:` endpoint.
 * Closing it ends what is still under way.
 */
export async function listenHttp2(
  answer: (request: Http2ServerRequest, response: Http2ServerResponse) => void,
): Promise<Listener> {
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(answer);
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session)).on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** The whole body as text. @throws when the client goes away in the middle */
export async function bodyOf(request: Http2ServerRequest): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
