import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { SendEvent } from './send-event';

/** What `npm run send` knocks at: POST /events sends the body, GET /idle answers when everything has been told. */
export function openDoor(send: SendEvent, idle: () => Promise<void>) {
  const paths: Readonly<Record<string, (request: IncomingMessage) => Promise<string>>> = {
    'POST /events': async (request) => `sent through ${await send(await text(request))}`,
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
