import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../aws/listener';
import type { Clock } from '../clock';
import { type ApiResponse, handleRequest, type Integration } from './answer-request';
import type { ApiIdentity } from './request-event';
import { createRoutes } from './routes';
import { createTokenBucket, type Throttle } from './token-bucket';

export interface Route extends Omit<Integration, 'tryAcquire'> {
  /** How often it may be asked; without limit if absent. */
  readonly throttle?: Throttle;
}

/** How one request was answered. */
export interface AnsweredRequest extends Omit<ApiResponse, 'headers' | 'body'> {
  /** Real milliseconds from the request's head until its whole answer was handed to the connection. */
  readonly latencyMs: number;
}

export interface HttpApiSettings extends ApiIdentity {
  /** 0 picks a free one. */
  port: number;
  clock: Clock;
  /** Not called for a client that has gone away. */
  onAnswered(answered: AnsweredRequest): void;
}

export interface HttpApi {
  /** What clients call in the cloud, without a stage. */
  readonly endpoint: string;
  /** The same on this machine. */
  readonly url: string;
  /** Throws an Error when there is already a route for the same requests. */
  add(route: Route): void;
  /** Whether a function still works on a request, even one that nobody waits for any more. */
  isBusy(): boolean;
  /** Drops every connection. */
  close(): Promise<void>;
}

/** An HTTP API of API Gateway on a port of this machine, without authorizers and CORS. Throws when the port is taken. */
export async function openHttpApi(settings: HttpApiSettings): Promise<HttpApi> {
  const { clock, port, onAnswered } = settings;
  const gateway = { ...settings, routes: createRoutes<Integration>() };
  const running = new Set<Promise<unknown>>();

  const known = (invoke: Route['invoke']): Route['invoke'] => {
    return (event) => {
      const work = invoke(event).finally(() => running.delete(work));
      running.add(work);
      return work;
    };
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const { headers, body, ...reply } = await handleRequest(request, gateway);
    response.on('finish', () => onAnswered({ ...reply, latencyMs: performance.now() - began }));
    const id = reply.requestId && { 'apigw-requestid': reply.requestId };
    response.writeHead(reply.status, { ...headers, ...id, 'content-length': body.length }).end(body);
    /** What was refused before it was read. */
    request.resume();
  }

  const listener = await listen((request, response) => {
    serve(request, response).catch(() => response.destroy());
  }, port);
  return {
    ...listener,
    endpoint: `https://${settings.domainName}`,
    isBusy: () => running.size > 0,
    add({ throttle, ...route }) {
      const tryAcquire = throttle ? createTokenBucket(throttle, clock.now) : () => true;
      gateway.routes.add({ ...route, tryAcquire, invoke: known(route.invoke) });
    },
  };
}
