import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** The API's members of an event. */
export interface ApiIdentity {
  id: string;
  account: string;
  domainName: string;
}

/** A request with its route. */
export interface RoutedRequest {
  request: IncomingMessage;
  body: Buffer;
  routeKey: string;
  /** Decoded. */
  path: string;
  variables: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * The event of payload format 2.0 (API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"). Members
 * without a value are omitted, except `rawQueryString`. `rawPath` is decoded despite its name: honojs/hono issue 2156.
 */
export function toEvent(routed: RoutedRequest, { id, account, domainName }: ApiIdentity): APIGatewayProxyEventV2 {
  const { request, body, routeKey, path, at } = routed;
  const sourceIp = request.socket.remoteAddress ?? '';
  const [, query = ''] = /\?(.*)$/s.exec(request.url ?? '') ?? [];
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
      stage: '$default',
      time: commonLogTime(at),
      timeEpoch: Math.floor(at),
    },
    ...(Object.keys(routed.variables).length > 0 && { pathParameters: { ...routed.variables } }),
    ...toEventBody(body, request.headers['content-type']),
  };
}

/** Decoded; repeated parameters are joined by a comma. That `+` is a space is not documented. */
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

/** Connection headers (RFC 9110, 7.6.1), and cookies, which are a separate member of an event. */
const OMITTED_HEADERS = [
  'connection',
  'cookie',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Headers that API Gateway sets itself. */
export interface GatewayHeaders {
  domainName: string;
  sourceIp: string;
  /** Of X-Ray. */
  trace: string;
  /** Bytes. */
  length: number;
}

/** Names in lower case; repeated headers are joined by a comma (Developer Guide, "Payload format differences"). */
export function toEventHeaders(request: IncomingMessage, about: GatewayHeaders): Record<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of pairs(request.rawHeaders)) {
    const before = headers.get(name);
    if (!OMITTED_HEADERS.includes(name)) headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  const forwarded = headers.get('x-forwarded-for');
  return {
    ...Object.fromEntries(headers),
    'content-length': String(about.length),
    host: about.domainName,
    'x-amzn-trace-id': about.trace,
    'x-forwarded-for': forwarded ? `${forwarded}, ${about.sourceIp}` : about.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

export function cookiesOf({ rawHeaders }: IncomingMessage): string[] {
  const headers = pairs(rawHeaders).filter(([name]) => name === 'cookie');
  return headers.flatMap(([, value]) => value.split(';').map((cookie) => cookie.trim()));
}

/** Bytes of the request line and the header values, which API Gateway limits. */
export function headerSize({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`;
  return pairs(rawHeaders).reduce((size, [, value]) => size + value.length, line.length);
}

function pairs(raw: readonly string[]): [name: string, value: string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? '']] : []));
}

/** `+json` and `+xml` are structured syntax suffixes: RFC 6839. */
const TEXT_TYPES = /^(text\/.+|application\/(json|javascript|xml)|[^/]+\/.+\+(json|xml))$/;

/**
 * A body in an event. The guide documents only that both forms exist. Observed: text for text/*, JSON, JavaScript and XML, base64
 * for all other types. So a form (`application/x-www-form-urlencoded`, which Slack sends) is base64: middyjs/middy pull request
 * 603. A body without a content type is uncertain; here it is base64.
 *
 * Text that is not UTF-8 is not valid in JSON. API Gateway's behavior is not documented; here each invalid byte becomes U+FFFD, so
 * a signature over it does not verify.
 */
export function toEventBody(
  body: Buffer,
  contentType: string | undefined,
): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const [type = ''] = (contentType ?? '').split(';');
  const isText = TEXT_TYPES.test(type.trim().toLowerCase());
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}
