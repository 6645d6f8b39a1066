import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClockState } from '../clock';

export interface Invocation {
  id: string;
  arn: string;
  trace: string;
  /** Milliseconds since 1970, by the clock. */
  deadline: number;
  clock: ClockState;
  event: unknown;
}

export interface InvocationOutcome {
  payload: unknown;
  /** As in the API's X-Amz-Function-Error; absent on success. */
  functionError?: 'Unhandled';
}

/** A runtime process's call to Lambda. */
export type RuntimeMessage =
  | { kind: 'next'; respond(invocation: Invocation): void }
  | { kind: 'result'; id: string; outcome: InvocationOutcome }
  | { kind: 'init-error'; outcome: InvocationOutcome };

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  close(): void;
}

/** Not part of Lambda's API: a real runtime ignores it. */
const CLOCK_HEADER = 'Casebell-Clock';
const ROOT = '/2018-06-01/runtime';
const RESULT_PATH = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/;

/**
 * Lambda's side of the Runtime API for one execution environment (Developer Guide, "Using the Lambda runtime API for custom
 * runtimes").
 */
export async function openRuntimeApi(onMessage: (message: RuntimeMessage) => void): Promise<RuntimeApi> {
  const server = createServer((request, response) => answer(request, response, onMessage));
  // An environment may wait for its next event without limit.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  onMessage: (message: RuntimeMessage) => void,
): Promise<void> {
  try {
    const path = request.url ?? '';
    if (path === `${ROOT}/invocation/next`)
      onMessage({ kind: 'next', respond: (invocation) => sendInvocation(response, invocation) });
    else await accept(path, request, response, onMessage);
  } catch (error) {
    reject(response, 400, error instanceof SyntaxError ? 'InvalidRequest' : 'Aborted');
  }
}

function sendInvocation(response: ServerResponse, invocation: Invocation): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Aws-Request-Id': invocation.id,
    'Lambda-Runtime-Deadline-Ms': String(invocation.deadline),
    'Lambda-Runtime-Invoked-Function-Arn': invocation.arn,
    'Lambda-Runtime-Trace-Id': invocation.trace,
    [CLOCK_HEADER]: JSON.stringify(invocation.clock),
  });
  response.end(JSON.stringify(invocation.event) ?? 'null');
}

async function accept(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  onMessage: (message: RuntimeMessage) => void,
): Promise<void> {
  const [, id, kind] = RESULT_PATH.exec(path) ?? [];
  if (!id && path !== `${ROOT}/init/error`) return reject(response, 404, 'NotFound');
  const payload: unknown = JSON.parse(await read(request));
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
  const failed: InvocationOutcome = { payload, functionError: 'Unhandled' };
  if (id) onMessage({ kind: 'result', id, outcome: kind === 'error' ? failed : { payload } });
  else onMessage({ kind: 'init-error', outcome: failed });
}

function reject(response: ServerResponse, status: number, errorType: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errorType, errorMessage: errorType }));
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk;
  return body;
}

export interface AsyncQueue<Item> {
  put(item: Item): void;
  /** Resolves with the oldest item, waiting for one if necessary. One reader at a time. */
  take(): Promise<Item>;
}

export function createAsyncQueue<Item>(): AsyncQueue<Item> {
  const items: Item[] = [];
  let reader: ((item: Item) => void) | undefined;

  function deliver(): void {
    if (!reader) return;
    const [item] = items.splice(0, 1);
    if (item === undefined) return;
    const read = reader;
    reader = undefined;
    read(item);
  }

  return {
    put(item) {
      items.push(item);
      deliver();
    },
    take: () =>
      new Promise((resolve) => {
        reader = resolve;
        deliver();
      }),
  };
}
