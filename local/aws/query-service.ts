import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, callerOf } from './caller';
import { LostResponseError } from './faults';
import type { EmulatorContext } from './json-service';
import { type Listener, listen, readBody } from './listener';
import { asServiceError, ServiceError } from './service-error';

/** The elements of an answer, by their names. */
export type Tree = { readonly [element: string]: string | Tree };

export type Action = (form: URLSearchParams, caller: Caller) => Tree;

/** An AWS service of the older Query protocol: a form goes in, XML comes out (smithy.io, "AWS query protocol"). */
export interface QueryService {
  /** As credential scopes call it, e.g. `sts`. */
  readonly name: string;
  readonly namespace: string;
  readonly actions: Readonly<Record<string, Action>>;
}

const MOST_BYTES = 2 ** 16;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escaped = (words: string): string => words.replace(/[&<>]/g, (letter) => ENTITIES[letter] ?? letter);

function xml(tree: Tree): string {
  const elements = Object.entries(tree).map(([name, value]) => {
    return `<${name}>${typeof value === 'string' ? escaped(value) : xml(value)}</${name}>`;
  });
  return elements.join('');
}

/** The Query protocol's word for what the JSON services call a ValidationException (STS API Reference, "Common Errors"). */
export const invalidForm = (message: string): ServiceError => new ServiceError('ValidationError', message);

/** A member of the form. */
export function formText(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalidForm(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  return value;
}

export function startQueryService(
  service: QueryService,
  { account, log, interceptor }: EmulatorContext,
): Promise<Listener> {
  function send(response: ServerResponse, status: number, root: string, tree: Tree): void {
    const body = `<${root} xmlns="${service.namespace}">${xml(tree)}</${root}>`;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request, MOST_BYTES));
    const name = form.get('Action') ?? '';
    const action = Object.hasOwn(service.actions, name) ? service.actions[name] : undefined;
    if (!action) throw new ServiceError('InvalidAction', `${service.name} has no such action here.`);
    const caller = callerOf(request.headers, service.name, account);
    const work = async () => action(form, caller);
    const result = await (interceptor ? interceptor.intercept(service.name, name, work) : work());
    const metadata = { ResponseMetadata: { RequestId: randomUUID() } };
    send(response, 200, `${name}Response`, { [`${name}Result`]: result, ...metadata });
  }

  function refuse(error: unknown, response: ServerResponse): void {
    const { code, message, status } = asServiceError(error, service.name, log);
    const fault = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
    send(response, status, 'ErrorResponse', { Error: fault, RequestId: randomUUID() });
  }

  const isCut = (request: IncomingMessage, error: unknown) => request.errored || error instanceof LostResponseError;

  return listen((request, response) => {
    answer(request, response).catch((error: unknown) =>
      isCut(request, error) ? response.destroy() : refuse(error, response),
    );
  });
}
