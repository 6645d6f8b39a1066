import type { RequestListener } from 'node:http';
import { against } from '../against.fixture';
import type { ChatApp, Secrets } from '../chat-app';
import { DeliveryError } from '../errors';
import { feishuBot } from './bot';
import { ENCRYPTED } from './event.fixture';

export const TOKEN = 't-0123456789abcdef';
const TOKEN_RESPONSE = JSON.stringify({ code: 0, tenant_access_token: TOKEN, expire: 7200 });

/** A call that is not for a token, with the path behind the host. */
export interface Call {
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Runs a bot against a Feishu that grants tokens and passes every other call to the listener. */
export async function withFakeFeishu<Result>(
  listener: RequestListener,
  run: (app: ChatApp) => Promise<Result> | undefined,
  secrets: Secrets = ENCRYPTED,
) {
  const calls: Call[] = [];
  let tokens = 0;
  const feishu: RequestListener = (request, response) => {
    if (request.url?.includes('tenant_access_token')) return void response.end(TOKEN_RESPONSE, () => tokens++);
    calls.push({ path: request.url ?? '', headers: request.headers });
    listener(request, response);
  };
  const act = against(feishu, async (runtime) => run(feishuBot.open(secrets, runtime)));
  const [result, error] = await act.then(
    (result) => [result, undefined] as const,
    (error: unknown) => [undefined, error] as const,
  );
  return { result, error, calls, tokens };
}

/** The DeliveryError that a promise rejects with. */
export async function failureOf(promise: Promise<unknown> | undefined): Promise<DeliveryError> {
  const error = await promise?.catch((error: unknown) => error);
  if (error instanceof DeliveryError) return error;
  throw new Error(`not a DeliveryError: ${error}`);
}

/** Reads the whole request, and answers these in turn; the last one again and again. */
export function inTurn(...responses: (readonly [status: number, body: object | string, headers?: object])[]) {
  let index = 0;
  const listener: RequestListener = (request, response) => {
    const [status, body, headers = {}] = responses[Math.min(index++, responses.length - 1)] ?? [404, ''];
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    request.resume().on('end', () => response.writeHead(status, { ...headers }).end(text));
  };
  return listener;
}

export const MEGABYTE = 1024 * 1024;

export async function* megabytes(count: number): AsyncIterable<Uint8Array> {
  for (let sent = 0; sent < count * MEGABYTE; sent += 65_536) yield Buffer.alloc(65_536, 'x');
}
