import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readBytes } from '../aws/listener';
import type { Clock } from '../clock';
import type { Outcome } from '../lambda/runtime-api';
import type { Answer } from './function-answer';
import { integrate } from './integration';
import { refuse } from './refusals';
import { type ApiIdentity, eventOf } from './request-event';
import { headerSize } from './request-headers';
import { readPath } from './request-path';
import type { RoutePattern } from './route-pattern';
import type { Chosen, Routes } from './routes';

/** Where requests of one pattern go. */
export interface Integration {
  readonly pattern: RoutePattern;
  /** Milliseconds of the clock that the function may take. */
  readonly timeout: number;
  /** Whether one more may come now: the throttle. */
  take(): boolean;
  invoke(event: APIGatewayProxyEventV2): Promise<Outcome>;
}

export interface Gateway extends ApiIdentity {
  readonly routes: Routes<Integration>;
  readonly clock: Clock;
}

export interface Reply extends Answer {
  /** As in the function's event; absent where no function was asked. */
  readonly requestId?: string;
  /** Absent where no route fits. */
  readonly routeKey?: string;
  /** Real milliseconds that the function took, cold start and all. */
  readonly integrationLatency?: number;
  /** Why it was not the function that answered. */
  readonly reason?: string;
}

/** In bytes: Developer Guide, "Quotas for configuring and running an HTTP API". */
const LIMITS = { payload: 10 * 1024 * 1024, head: 10_240 } as const;

/** What an HTTP API makes of a request. Throws when the client goes away in the middle of it. */
export async function answerRequest(request: IncomingMessage, gateway: Gateway): Promise<Reply> {
  if (headerSize(request) > LIMITS.head) return refuse(431, 'request line and headers over 10,240 bytes');
  const path = readPath(request.url ?? '/', gateway.stage);
  if (!path) return refuse(400, 'a path that cannot be decoded');
  const chosen = path.segments && gateway.routes.choose(request.method ?? '', path.segments);
  if (!chosen) return refuse(404, 'no route fits');
  return { ...(await ask(request, chosen, path.whole, gateway)), routeKey: chosen.route.pattern.key };
}

async function ask(
  request: IncomingMessage,
  { route, variables }: Chosen<Integration>,
  path: string,
  gateway: Gateway,
): Promise<Reply> {
  if (!route.take()) return refuse(429, 'throttled');
  const body = await readBytes(request, LIMITS.payload);
  if (!body) return refuse(413, 'a body over 10 MB');
  const routed = { request, body, routeKey: route.pattern.key, path, variables, at: gateway.clock.now() };
  const event = eventOf(routed, gateway);
  const began = performance.now();
  const answer = await integrate(event, route.invoke, route.timeout / gateway.clock.rate);
  const integrationLatency = performance.now() - began;
  return { ...answer, requestId: event.requestContext.requestId, integrationLatency };
}
