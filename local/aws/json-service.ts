import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, callerOf } from './caller';
import { type Interceptor, LostResponseError } from './faults';
import { type Input, parseRecord } from './input';
import { type Listener, listen, readBody } from './listener';
import { asServiceError, ServiceError } from './service-error';

/** Answers with the output's members; undefined is an empty output. */
export type Operation = (input: Input, caller: Caller) => unknown;

/** An AWS service of the protocols awsJson1.0 and awsJson1.1 (smithy.io, "AWS JSON protocols"). */
export interface JsonService {
  /** As credential scopes call it, e.g. `events`. */
  readonly name: string;
  /** What stands before the operation in X-Amz-Target, e.g. `AWSEvents`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
  /** Most bytes of a request; 1 MiB where nothing is said. */
  readonly limit?: number;
}

/** What every emulator is given by its surroundings. */
export interface EmulatorContext {
  /** The account of callers whose access key names none. */
  readonly account: string;
  /** Milliseconds since 1970. */
  now(): number;
  log(line: string): void;
  /** Counts and troubles the requests; absent, nobody does. */
  readonly interceptor?: Interceptor;
}

function operationOf(service: JsonService, request: IncomingMessage): { name: string; operation: Operation } {
  const [target, name = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  const isJson = request.headers['content-type']?.startsWith('application/x-amz-json-1.');
  const known = request.method === 'POST' && isJson && target === service.target;
  const operation = known && Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
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

/** Starts the service; an operation's ServiceError becomes its AWS error, anything else an InternalFailure and a log line. */
export function startJsonService(
  service: JsonService,
  { account, log, interceptor }: EmulatorContext,
): Promise<Listener> {
  async function answer(request: IncomingMessage): Promise<unknown> {
    const body = await readBody(request, service.limit ?? 2 ** 20);
    const { name, operation } = operationOf(service, request);
    const caller = callerOf(request.headers, service.name, account);
    const input = parse(body);
    const work = () => operation(input, caller);
    return interceptor ? interceptor.intercept(service.name, name, work) : work();
  }

  const isCut = (request: IncomingMessage, error: unknown) => request.errored || error instanceof LostResponseError;

  function refuse(error: unknown, response: ServerResponse): void {
    const { code, message, status, members } = asServiceError(error, service.name, log);
    send(response, service.version, status, { __type: code, message, ...members });
  }

  return listen((request, response) => {
    answer(request)
      .then((output) => send(response, service.version, 200, output ?? {}))
      .catch((error: unknown) => (isCut(request, error) ? response.destroy() : refuse(error, response)));
  });
}
