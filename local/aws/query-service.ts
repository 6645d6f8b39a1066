import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, callerOf } from './caller';
import { type EmulatorContext, isLost } from './json-service';
import { type Listener, listen, readBody } from './listener';
import { ServiceError, toServiceError } from './service-error';

/** XML elements by name. */
export type Elements = { readonly [name: string]: string | Elements };

export type Action = (form: URLSearchParams, caller: Caller) => Elements;

/** An AWS service with the Query protocol: the request is a form, the response XML (smithy.io, "AWS query protocol"). */
export interface QueryService {
  /** As in credential scopes, e.g. `sts`. */
  readonly name: string;
  readonly namespace: string;
  readonly actions: Readonly<Record<string, Action>>;
}

const MAX_BYTES = 2 ** 16;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

function toXml(elements: Elements): string {
  const parts = Object.entries(elements).map(([name, value]) => {
    return `<${name}>${typeof value === 'string' ? escapeXml(value) : toXml(value)}</${name}>`;
  });
  return parts.join('');
}

/** The Query protocol's counterpart of a ValidationException (STS API Reference, "Common Errors"). */
export const invalidForm = (message: string): ServiceError => new ServiceError('ValidationError', message);

export function requiredField(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalidForm(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  return value;
}

export function startQueryService(service: QueryService, context: EmulatorContext): Promise<Listener> {
  const { account, log, interceptor } = context;

  function send(response: ServerResponse, status: number, root: string, elements: Elements): void {
    const body = `<${root} xmlns="${service.namespace}">${toXml(elements)}</${root}>`;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request, MAX_BYTES));
    const name = form.get('Action') ?? '';
    const action = Object.hasOwn(service.actions, name) ? service.actions[name] : undefined;
    if (!action) throw new ServiceError('InvalidAction', `${service.name} has no such action here.`);
    const caller = callerOf(request.headers, service.name, account);
    const work = () => action(form, caller);
    const result = await (interceptor ? interceptor.intercept(service.name, name, work) : work());
    const metadata = { ResponseMetadata: { RequestId: randomUUID() } };
    send(response, 200, `${name}Response`, { [`${name}Result`]: result, ...metadata });
  }

  function reject(error: unknown, response: ServerResponse): void {
    const { code, message, status } = toServiceError(error, service.name, log);
    const fault = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
    send(response, status, 'ErrorResponse', { Error: fault, RequestId: randomUUID() });
  }

  return listen((request, response) => {
    handle(request, response).catch((error: unknown) =>
      isLost(request, error) ? response.destroy() : reject(error, response),
    );
  });
}
