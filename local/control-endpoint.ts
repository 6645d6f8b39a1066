import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SendEvent } from './send-event';

/** What `npm run redrive` has to know: where SQS answers, and the urls of two queues. */
interface Queues {
  endpoint: string;
  deadLetters: string;
  events: string;
}

/** What `npm run send` and `npm run redrive` knock at: POST /events sends the body, GET /idle answers when everything has been told. */
export function createControlEndpoint(send: SendEvent, idle: () => Promise<void>, queues: Queues) {
  const paths: Readonly<Record<string, (request: IncomingMessage) => Promise<string>>> = {
    'POST /events': async (request) => `sent through ${await send(await text(request))}`,
    'GET /queues': async () => JSON.stringify(queues),
    'GET /idle': async () => idle().then(() => 'idle'),
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const answer = paths[`${request.method} ${request.url}`];
    if (!answer) return false;
    answer(request).then(
      (done) => response.end(done),
      (error: Error) => response.writeHead(400).end(error.message),
    );
    return true;
  };
}
