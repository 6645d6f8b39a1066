import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readBytes } from '../aws/listener';
import type { Clock } from '../clock';
import type { InvocationOutcome } from '../lambda/runtime-api';
import { type ApiIdentity, headerSize, toEvent } from './request-event';
import { type HttpResponse, MAX_LAMBDA_BYTES, type Rejection, reject, toHttpResponse } from './response';
import { type createRoutes, type MatchedRoute, parsePath, type RoutePattern } from './routes';

/** The function behind a route. */
export interface Integration {
  readonly pattern: RoutePattern;
  /** Time limit of the function, by the clock. */
  readonly timeoutMs: number;
  /** Takes a token of the throttle; false when there is none. */
  tryAcquire(): boolean;
  invoke(event: APIGatewayProxyEventV2): Promise<InvocationOutcome>;
}

export interface ApiState extends ApiIdentity {
  readonly routes: ReturnType<typeof createRoutes<Integration>>;
  readonly clock: Clock;
}

export interface ApiResponse extends HttpResponse {
  /** As in the function's event; absent when no function was invoked. */
  readonly requestId?: string;
  /** Absent when no route matches. */
  readonly routeKey?: string;
  /** Real time of the function, cold start included. */
  readonly integrationLatencyMs?: number;
  /** Why the API responded instead of the function. */
  readonly reason?: string;
}

/** Developer Guide, "Quotas for configuring and running an HTTP API". */
const MAX_BYTES = { payload: 10 * 1024 * 1024, head: 10_240 } as const;

/** Routes a request to its function. @throws when the client disconnects in the middle */
export async function handleRequest(request: IncomingMessage, api: ApiState): Promise<ApiResponse> {
  if (headerSize(request) > MAX_BYTES.head) return reject(431, 'the request line and headers are over 10,240 bytes');
  const path = parsePath(request.url ?? '/');
  if (!path) return reject(400, 'the path cannot be decoded');
  const matched = api.routes.match(request.method ?? '', path);
  if (!matched) return reject(404, 'no route matches');
  return { ...(await invokeRoute(request, matched, `/${path.join('/')}`, api)), routeKey: matched.route.pattern.key };
}

async function invokeRoute(
  request: IncomingMessage,
  { route, variables }: MatchedRoute<Integration>,
  path: string,
  api: ApiState,
): Promise<ApiResponse> {
  if (!route.tryAcquire()) return reject(429, 'throttled');
  const body = await readBytes(request, MAX_BYTES.payload);
  if (!body) return reject(413, 'the body is over 10 MB');
  const routed = { request, body, routeKey: route.pattern.key, path, variables, at: api.clock.now() };
  const event = toEvent(routed, api);
  const startedAt = performance.now();
  const answer = await invokeFunction(event, route.invoke, route.timeoutMs / api.clock.rate);
  const integrationLatencyMs = performance.now() - startedAt;
  return { ...answer, requestId: event.requestContext.requestId, integrationLatencyMs };
}

/**
 * Invokes the function and turns its result into a response.
 * @param timeoutMs in real time; a function that takes longer continues, but the response does not wait
 */
async function invokeFunction(
  event: APIGatewayProxyEventV2,
  invoke: (event: APIGatewayProxyEventV2) => Promise<InvocationOutcome>,
  timeoutMs: number,
): Promise<HttpResponse | Rejection> {
  // That Lambda's rejection becomes a 413 is observed for REST APIs only.
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_LAMBDA_BYTES)
    return reject(413, "the event is over Lambda's 6 MB");
  const outcome = await within(timeoutMs, invoke(event).catch(unavailable));
  if (!outcome) return reject(503, 'the function took longer than TimeoutInMillis');
  if (outcome.functionError) return reject(500, `the function failed: ${typeOf(outcome.payload)}`);
  return toHttpResponse(outcome.payload) ?? reject(500, "the function's result does not have format 2.0");
}

/** The stack is closing, or no process could be started. */
function unavailable(): InvocationOutcome {
  return { payload: { errorType: 'Unavailable' }, functionError: 'Unhandled' };
}

/** Only the type: the message may contain secrets. */
function typeOf(payload: unknown): string {
  return String(Object(payload).errorType ?? 'unknown error');
}

async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([work, timedOut]).finally(() => clearTimeout(timer));
}
