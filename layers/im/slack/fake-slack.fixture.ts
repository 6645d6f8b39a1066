import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { against } from '../against.fixture';
import type { ChatApp, Secrets } from '../chat-app';
import { slackBot } from './bot';

export const SECRETS = {
  botToken: `xoxb-${'1'.repeat(12)}-${'a1'.repeat(12)}`,
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
};

/** A call that the fake Slack received; its body is read where no listener took the call. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the fake Slack answers: a listener of the test's own, or JSON. */
export type Route = RequestListener | object;

/**
 * Runs against a Slack that answers by the beginnings of paths, with `{"ok":true}` where none matches. Resolves with the calls
 * it received and with the error of the run. Routes that are objects are JSON; a list of them is used up one by one.
 */
export async function withFakeSlack(
  routes: Readonly<Record<string, Route>>,
  run: (app: ChatApp) => Promise<unknown>,
  secrets: Secrets = SECRETS,
) {
  const calls: Call[] = [];
  const listener: RequestListener = async (request, response) => {
    const { url = '', method = '', headers } = request;
    const call = { method, path: url, headers, body: '' };
    calls.push(call);
    const [, route] = Object.entries(routes).find(([start]) => url.startsWith(`/${start}`)) ?? [];
    if (typeof route === 'function') return route(request, response);
    call.body = await text(request);
    const answer = Array.isArray(route) ? route.shift() : route;
    response.end(JSON.stringify(answer ?? { ok: true, ts: '9.000009' }));
  };
  const error: unknown = await against(listener, (runtime) =>
    run(slackBot.open(secrets, runtime)).then(() => undefined),
  ).catch((error) => error);
  return { calls, error };
}

/** The JSON bodies of the calls to this method. */
export function bodiesOf(calls: readonly Call[], method: string): Record<string, unknown>[] {
  return calls.filter(({ path }) => path.endsWith(method)).map(({ body }) => JSON.parse(body));
}

/** Answers with this status. */
export const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(code, headers).end('<html>'));
  };
