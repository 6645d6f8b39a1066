import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { against } from './against.fixture';
import { sendAxiosRequest } from './api-client';
import type { HttpResponse, Rejection } from './channel';
import { isOnHosts, type SendHttpRequest, sendHttpRequest } from './http';

const SENDERS: [string, SendHttpRequest][] = [
  ['sendHttpRequest', sendHttpRequest],
  ['sendAxiosRequest', sendAxiosRequest],
];
const UNANSWERED = { retryable: true, outcomeUnknown: 'unanswered' };

describe.each(SENDERS)('%s', (_, send) => {
  const post = (
    listener: RequestListener,
    more: { headers?: Record<string, string>; maxResponseBytes?: number } = {},
  ) =>
    against(listener, ({ resolveEndpoint, timeoutMs }): Promise<HttpResponse | Rejection> => {
      const url = resolveEndpoint(new URL('https://a.example/x?y=z'));
      return send({ method: 'POST', url, body: '{"告":"警"}', timeoutMs, ...more });
    });

  it('sends the body as JSON with its length, and resolves with status, lower-case headers and parsed JSON', async () => {
    const seen: unknown[] = [];
    const response = await post(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { 'content-type': type, 'content-length': length } = request.headers;
      seen.push(request.method, request.url, type, length, Buffer.concat(chunks).toString());
      response.writeHead(418, { 'Retry-After': '7' }).end('{"ok":false}');
    });
    expect(response).toMatchObject({ status: 418, headers: { 'retry-after': '7' }, body: { ok: false } });
    expect(seen).toEqual(['POST', '/a.example/x?y=z', 'application/json; charset=utf-8', '13', '{"告":"警"}']);
  });

  it('sends the headers of the caller instead of its own', async () => {
    const seen: unknown[] = [];
    const listener: RequestListener = ({ headers }, response) => {
      seen.push(headers['content-type'], headers.authorization);
      response.end('ok');
    };
    const response = await post(listener, { headers: { 'content-type': 'text/x', authorization: 'Bearer t' } });
    expect(response).toMatchObject({ status: 200, body: 'ok' });
    expect(seen).toEqual(['text/x', 'Bearer t']);
  });

  it('returns a redirect as it is', async () => {
    let visits = 0;
    const listener: RequestListener = (_, response) => {
      visits++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    };
    expect(await post(listener)).toMatchObject({ status: 307 });
    expect(visits).toBe(1);
  });

  it('drops what is beyond the size of a verdict, unless the caller expects more', async () => {
    const listener: RequestListener = (_, response) => response.end(JSON.stringify('x'.repeat(200_000)));
    expect(String(Object(await post(listener)).body).length).toBeLessThan(100_000);
    expect(Object(await post(listener, { maxResponseBytes: 300_000 })).body).toHaveLength(200_000);
    const endless: RequestListener = (_, response) => {
      const more = setInterval(() => response.write('x'.repeat(50_000)), 1);
      response.on('close', () => clearInterval(more));
    };
    expect(String(Object(await post(endless)).body).length).toBeLessThan(100_000);
  });

  it('resolves with a rejection after the timeout, also in the middle of a response', async () => {
    const half: RequestListener = (_, response) => void response.writeHead(200).write('x');
    for (const listener of [() => undefined, half]) {
      expect(await post(listener)).toEqual({ ...UNANSWERED, code: 'ETIMEDOUT', reason: 'no answer within 300 ms' });
    }
  });

  it('resolves with a rejection that keeps only the code of a network error', async () => {
    const cut: RequestListener = (request) => request.socket.destroy();
    const switching: RequestListener = (request) =>
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    for (const listener of [cut, switching]) {
      const reason = 'it could not be reached (ECONNRESET)';
      expect(await post(listener)).toEqual({ ...UNANSWERED, code: 'ECONNRESET', reason });
    }
    const closed = await send({ method: 'GET', url: 'http://127.0.0.1:1/secret', timeoutMs: 1_000 });
    expect(closed).toEqual({ ...UNANSWERED, code: 'ECONNREFUSED', reason: 'it could not be reached (ECONNREFUSED)' });
  });

  it('resolves with the whole response however soon the server closes the connection', async () => {
    const body = 'y'.repeat(60_000);
    const { url, server } = await listenOnce(
      `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    const requests = Array.from({ length: 300 }, () => send({ method: 'POST', url, body: '{}', timeoutMs: 30_000 }));
    const responses = await Promise.all(requests);
    server.close();
    expect(responses.filter((response) => 'status' in response && response.body === body)).toHaveLength(300);
  });
});

/** A server that sends its whole response at once and hangs up, whether or not the client has read all of it. */
async function listenOnce(response: string): Promise<{ url: string; server: Server }> {
  const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

it.each([
  ['https://a.example/x', true],
  ['https://b.c.example/x', true],
  ['http://a.example/x', false],
  ['https://a.example:8443/x', false],
  ['https://u@a.example/x', false],
  ['https://evil-c.example/x', false],
])('isOnHosts() says of %s: %s', (url, expected) => {
  expect(isOnHosts(new URL(url), ['a.example', '*.c.example'])).toBe(expected);
});
