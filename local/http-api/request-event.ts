import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { toEventBody } from './request-body';
import { cookiesOf, toEventHeaders } from './request-headers';
import { splitOnce } from './request-path';

/** What an event says of the API. */
export interface ApiIdentity {
  id: string;
  account: string;
  domainName: string;
  stage: string;
}

/** A request that a route has been found for. */
export interface RoutedRequest {
  request: IncomingMessage;
  body: Buffer;
  routeKey: string;
  /** With the stage, decoded. */
  path: string;
  variables: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * The event of payload format 2.0 (API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"): what a
 * request has none of is left out, but for `rawQueryString`. `rawPath` is decoded, whatever its name says: seen by users of
 * real HTTP APIs, e.g. honojs/hono issue 2156.
 */
export function toEvent(
  routed: RoutedRequest,
  { id, account, domainName, stage }: ApiIdentity,
): APIGatewayProxyEventV2 {
  const { request, body, routeKey, path, at } = routed;
  const sourceIp = request.socket.remoteAddress ?? '';
  const [, query = ''] = splitOnce(request.url ?? '', '?');
  const cookies = cookiesOf(request);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: toEventHeaders(request, { domainName, sourceIp, trace: traceOf(at), length: body.length }),
    ...(query && { queryStringParameters: parametersOf(query) }),
    requestContext: {
      accountId: account,
      apiId: id,
      domainName,
      domainPrefix: id,
      http: {
        method: request.method ?? '',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64'),
      routeKey,
      stage,
      time: commonLogTime(at),
      timeEpoch: Math.floor(at),
    },
    ...(Object.keys(routed.variables).length > 0 && { pathParameters: { ...routed.variables } }),
    ...toEventBody(body, request.headers['content-type']),
  };
}

/** Decoded, those that come twice joined by a comma. That a plus is a blank is not documented. */
function parametersOf(query: string): Record<string, string> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name).join(',')]));
}

const traceOf = (at: number): string =>
  `Root=1-${Math.floor(at / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
