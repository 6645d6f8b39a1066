import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../aws/listener';
import type { Clock } from '../clock';
import { type ApiResponse, handleRequest, type Integration } from './handle-request';
import type { ApiIdentity } from './request-event';
import { createRoutes } from './routes';

export interface Route extends Omit<Integration, 'tryAcquire'> {
  /** No limit if absent. */
  readonly throttle?: Throttle;
}

/** The response to one request. */
export interface AnsweredRequest extends Omit<ApiResponse, 'headers' | 'body'> {
  /** Real time from the request's headers until the response was passed to the connection. */
  readonly latencyMs: number;
}

export interface HttpApiSettings extends ApiIdentity {
  clock: Clock;
  /** Not called when the client has disconnected. */
  onAnswered(answered: AnsweredRequest): void;
}

export interface HttpApi {
  /** The url in AWS, without a stage. */
  readonly endpoint: string;
  /** The url on this machine. */
  readonly url: string;
  /** @throws when there is already a route for the same requests */
  add(route: Route): void;
  /** Whether a function still handles a request, even after its timeout. */
  isBusy(): boolean;
  /** Drops open connections. */
  close(): Promise<void>;
}

/** An HTTP API of API Gateway on a local port, without authorizers and CORS. */
export async function openHttpApi(settings: HttpApiSettings): Promise<HttpApi> {
  const { clock, onAnswered } = settings;
  const api = { ...settings, routes: createRoutes<Integration>() };
  const running = new Set<Promise<unknown>>();

  const track = (invoke: Route['invoke']): Route['invoke'] => {
    return (event) => {
      const work = invoke(event).finally(() => running.delete(work));
      running.add(work);
      return work;
    };
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const { headers, body, ...result } = await handleRequest(request, api);
    response.on('finish', () => onAnswered({ ...result, latencyMs: performance.now() - startedAt }));
    const id = result.requestId && { 'apigw-requestid': result.requestId };
    response.writeHead(result.status, { ...headers, ...id, 'content-length': body.length }).end(body);
    // A rejected request may not have been read.
    request.resume();
  }

  const listener = await listen((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  return {
    ...listener,
    endpoint: `https://${settings.domainName}`,
    isBusy: () => running.size > 0,
    add({ throttle, ...route }) {
      const tryAcquire = throttle ? createTokenBucket(throttle, clock.now) : () => true;
      api.routes.add({ ...route, tryAcquire, invoke: track(route.invoke) });
    },
  };
}

/** A route's limit, from `RouteSettings`. */
export interface Throttle {
  /** Maximum number of requests at once. */
  readonly burst: number;
  /** Requests per second. */
  readonly rate: number;
}

/**
 * A token bucket of `burst` tokens, refilled by `rate` per second, which is API Gateway's algorithm (Developer Guide, "Throttle
 * requests to your HTTP APIs for better throughput in API Gateway").
 * @param now in milliseconds
 * @returns takes a token; false when there is none
 */
function createTokenBucket({ burst, rate }: Throttle, now: () => number): () => boolean {
  let tokens = burst;
  let updatedAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - updatedAt) / 1000) * rate);
    updatedAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
