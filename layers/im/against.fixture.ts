import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { Runtime } from './channel';

/** What a fake platform answers: an object is sent as JSON. */
export interface FakeResponse {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Runs against a local server that answers for every host. The clock of the runtime shows 2026-01-01T00:00:00Z. */
export async function against<T>(listener: RequestListener, run: (runtime: Runtime) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const resolveEndpoint = (url: URL) => `http://127.0.0.1:${portOf(server)}/${url.host}${url.pathname}${url.search}`;
    return await run({ resolveEndpoint, now: () => Date.UTC(2026, 0), timeoutMs: 300 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export function responding({ status = 200, headers = {}, body }: FakeResponse): RequestListener {
  return (_, response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Everything that a log may print of an error. */
export function printError(error: Error): string {
  return [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
