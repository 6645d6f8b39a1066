import type { IncomingMessage } from 'node:http';

/** Those of one connection (RFC 9110, 7.6.1), and cookies, which have a place of their own in an event. */
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

/** What API Gateway itself says about a request, whatever the client said. */
export interface GatewayHeaders {
  domainName: string;
  sourceIp: string;
  /** Of X-Ray. */
  trace: string;
  /** Bytes. */
  length: number;
}

/** Names in lower case, those that come twice joined by a comma (Developer Guide, "Payload format differences"). */
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

/** Each cookie of every cookie header. */
export function cookiesOf({ rawHeaders }: IncomingMessage): string[] {
  const headers = pairs(rawHeaders).filter(([name]) => name === 'cookie');
  return headers.flatMap(([, value]) => value.split(';').map((cookie) => cookie.trim()));
}

/** Bytes of the request line and the values of all headers: what API Gateway limits. */
export function headerSize({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const line = `${method} ${url} HTTP/${httpVersion}`;
  return pairs(rawHeaders).reduce((size, [, value]) => size + value.length, line.length);
}

function pairs(raw: readonly string[]): [name: string, value: string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? '']] : []));
}
