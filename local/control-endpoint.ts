import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SendEvent } from './send-event';

/** For `npm run redrive`: the SQS endpoint and two queue urls. */
interface Queues {
  endpoint: string;
  deadLetters: string;
  events: string;
}

/** The HTTP interface of `npm run send` and `npm run redrive`: POST /events sends the body, GET /idle waits for all deliveries. */
export function createControlEndpoint(send: SendEvent, idle: () => Promise<void>, queues: Queues) {
  const routes: Readonly<Record<string, (request: IncomingMessage) => Promise<string>>> = {
    'POST /events': async (request) => `sent through ${await send(await text(request))}`,
    'GET /queues': async () => JSON.stringify(queues),
    'GET /idle': async () => idle().then(() => 'idle'),
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const route = routes[`${request.method} ${request.url}`];
    if (!route) return false;
    route(request).then(
      (body) => response.end(body),
      (error: Error) => response.writeHead(400).end(error.message),
    );
    return true;
  };
}
