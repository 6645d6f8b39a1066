import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readBytes } from '../aws/listener';
import type { Clock } from '../clock';
import type { InvocationOutcome } from '../lambda/runtime-api';
import type { HttpResponse } from './function-answer';
import { invokeFunction } from './integration';
import { reject } from './refusals';
import { type ApiIdentity, toEvent } from './request-event';
import { headerSize } from './request-headers';
import { parsePath } from './request-path';
import type { RoutePattern } from './route-pattern';
import type { MatchedRoute, Routes } from './routes';

/** Where requests of one pattern go. */
export interface Integration {
  readonly pattern: RoutePattern;
  /** Milliseconds of the clock that the function may take. */
  readonly timeoutMs: number;
  /** Whether one more may come now: the throttle. */
  tryAcquire(): boolean;
  invoke(event: APIGatewayProxyEventV2): Promise<InvocationOutcome>;
}

export interface ApiState extends ApiIdentity {
  readonly routes: Routes<Integration>;
  readonly clock: Clock;
}

export interface ApiResponse extends HttpResponse {
  /** As in the function's event; absent where no function was asked. */
  readonly requestId?: string;
  /** Absent where no route fits. */
  readonly routeKey?: string;
  /** Real milliseconds that the function took, cold start and all. */
  readonly integrationLatencyMs?: number;
  /** Why it was not the function that answered. */
  readonly reason?: string;
}

/** In bytes: Developer Guide, "Quotas for configuring and running an HTTP API". */
const MAX_BYTES = { payload: 10 * 1024 * 1024, head: 10_240 } as const;

/** What an HTTP API makes of a request. Throws when the client goes away in the middle of it. */
export async function handleRequest(request: IncomingMessage, gateway: ApiState): Promise<ApiResponse> {
  if (headerSize(request) > MAX_BYTES.head) return reject(431, 'request line and headers over 10,240 bytes');
  const path = parsePath(request.url ?? '/', gateway.stage);
  if (!path) return reject(400, 'a path that cannot be decoded');
  const chosen = path.segments && gateway.routes.match(request.method ?? '', path.segments);
  if (!chosen) return reject(404, 'no route fits');
  return { ...(await invokeRoute(request, chosen, path.whole, gateway)), routeKey: chosen.route.pattern.key };
}

async function invokeRoute(
  request: IncomingMessage,
  { route, variables }: MatchedRoute<Integration>,
  path: string,
  gateway: ApiState,
): Promise<ApiResponse> {
  if (!route.tryAcquire()) return reject(429, 'throttled');
  const body = await readBytes(request, MAX_BYTES.payload);
  if (!body) return reject(413, 'a body over 10 MB');
  const routed = { request, body, routeKey: route.pattern.key, path, variables, at: gateway.clock.now() };
  const event = toEvent(routed, gateway);
  const began = performance.now();
  const answer = await invokeFunction(event, route.invoke, route.timeoutMs / gateway.clock.rate);
  const integrationLatencyMs = performance.now() - began;
  return { ...answer, requestId: event.requestContext.requestId, integrationLatencyMs };
}
