import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, callerOf } from './caller';
import { type Interceptor, LostResponseError } from './faults';
import { type Input, parseRecord } from './input';
import { type Listener, listen, readBody } from './listener';
import { ServiceError, toServiceError } from './service-error';

/** Returns the output's members; undefined is an empty output. */
export type Operation = (input: Input, caller: Caller) => unknown;

/** An AWS service with protocol awsJson1.0 or awsJson1.1 (smithy.io, "AWS JSON protocols"). */
export interface JsonService {
  /** As in credential scopes, e.g. `events`. */
  readonly name: string;
  /** The prefix of the operation in X-Amz-Target, e.g. `AWSEvents`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
  /** Of a request; 1 MiB by default. */
  readonly maxBytes?: number;
}

/** What every emulator shares. */
export interface EmulatorContext {
  /** The account of callers whose access key names none. */
  readonly account: string;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: string): void;
  /** Counts requests and applies faults. */
  readonly interceptor?: Interceptor;
}

function findOperation(service: JsonService, request: IncomingMessage): { name: string; operation: Operation } {
  const [target, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const isJson = request.headers['content-type']?.startsWith('application/x-amz-json-1.');
  const isCall = request.method === 'POST' && isJson && target === service.target;
  const operation = isCall && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (!operation) throw new ServiceError('UnknownOperationException', `${service.name} has no such operation here.`);
  return { name, operation };
}

function parse(body: string | undefined): Input {
  if (body === undefined) throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
  const input = parseRecord(body);
  if (!input) throw new ServiceError('SerializationException', 'The request is not a JSON object.');
  return input;
}

function send(response: ServerResponse, version: string, status: number, body: unknown): void {
  const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID() };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Starts the service. A ServiceError becomes its AWS error, any other error an InternalFailure and a log line. */
export function startJsonService(service: JsonService, context: EmulatorContext): Promise<Listener> {
  const { account, log, interceptor } = context;

  async function handle(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request, service.maxBytes ?? 2 ** 20);
    const { name, operation } = findOperation(service, request);
    const caller = callerOf(request.headers, service.name, account);
    const input = parse(body);
    const work = () => operation(input, caller);
    return interceptor ? interceptor.intercept(service.name, name, work) : work();
  }

  function reject(error: unknown, response: ServerResponse): void {
    const { code, message, status, members } = toServiceError(error, service.name, log);
    send(response, service.version, status, { __type: code, message, ...members });
  }

  return listen((request, response) => {
    handle(request)
      .then((output) => send(response, service.version, 200, output ?? {}))
      .catch((error: unknown) => (isLost(request, error) ? response.destroy() : reject(error, response)));
  });
}

/** Whether no response may be sent: the client has disconnected, or a fault loses the response. */
export const isLost = (request: { errored: Error | null }, error: unknown): boolean =>
  request.errored !== null || error instanceof LostResponseError;
