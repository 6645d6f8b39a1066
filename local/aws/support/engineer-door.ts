import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Input, optionalRecords, parseRecord, requiredText } from '../input';
import { readBody } from '../listener';
import type { Engineer } from './engineer';
import { fileIn } from './file-in';

const MOST_BYTES = 32 * 2 ** 20;

type Act = (engineer: Engineer, id: string, input: Input) => void;

const ACTS: Readonly<Record<string, Act>> = {
  answer: (engineer, id, input) =>
    engineer.answer(id, requiredText(input, 'body'), (optionalRecords(input, 'attachments') ?? []).map(fileIn)),
  pend: (engineer, id) => engineer.pend(id),
  resolve: (engineer, id) => engineer.resolve(id),
  reopen: (engineer, id) => engineer.reopen(id),
};

const CASES = '/support/cases';
const ACT = new RegExp(`^${CASES}/([\\w-]+)/(\\w+)$`);

/**
 * The engineer's desk over HTTP. `GET /support/cases` lists them. `POST /support/cases/<id>/answer` takes
 * `{"body": …, "attachments": [{"fileName": …, "data": <base64>}]}`; `/pend`, `/resolve` and `/reopen` take `{}`; all
 * answer 204. JSON must be said to be JSON, so that no foreign page can send it from a browser.
 * @returns whether the request was for this door
 */
export function createEngineerEndpoint(engineer: Engineer) {
  async function act(request: IncomingMessage, id: string, name: string): Promise<void> {
    const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
    const isJson = request.headers['content-type']?.startsWith('application/json');
    const input = isJson ? parseRecord((await readBody(request, MOST_BYTES)) ?? '') : undefined;
    if (!act || !input) throw new Error('Say what to do, in JSON.');
    act(engineer, id, input);
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { method, url = '' } = request;
    const [, id, name] = ACT.exec(url) ?? [];
    if (method === 'GET' && url === CASES) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(engineer.cases()));
      return true;
    }
    if (method !== 'POST' || !id || !name) return false;
    act(request, id, name).then(
      () => response.writeHead(204).end(),
      (error: Error) => response.writeHead(400).end(error.message),
    );
    return true;
  };
}
