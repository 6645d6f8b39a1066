import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Runtime } from './channel';

/** Runs it against a server of this machine that stands in for every host; the clock stands at the New Year of 2026. */
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

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
