import { gzipSync } from 'node:zlib';
import type { CallbackRequest } from '@casebell/im/bots';
import { below, type Expectation, type Mutation, type Mutations, type Sample } from './callback-samples.fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEEDS = ['appKey', 'appSecret', 'corpId', 'appId', 'verificationToken', 'encryptKey', 'signingSecret'];

/** How long a callback is accepted, in ms; undefined for a handshake, which has no time. */
function windowOf({ from, kindName, signedPart }: Sample): number | undefined {
  if (signedPart !== 'nothing') return 5 * MINUTE;
  return from.endsWith('feishu') && kindName === 'handshake' ? undefined : 8 * HOUR;
}

const later = (
  expected: 'never' | 'same',
  offset: (window: number, random: () => number) => number,
  times = 1,
): Mutation => ({
  expected: () => expected,
  times,
  mutate(sample, random) {
    const window = windowOf(sample);
    return window === undefined ? undefined : { now: sample.at + offset(window, random) };
  },
});

/** A platform's clock may be five minutes ahead. */
const EARLY = 5 * MINUTE;

/** Changes the secrets that the bot verifies with. */
const secret = (change: (value: string) => string): Mutation => ({
  expected: () => 'never',
  times: 1,
  mutate: ({ secrets }) => ({
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([name, value]) => [name, NEEDS.includes(name) ? change(value) : value]),
    ),
  }),
});

/** An unchanged callback in changed circumstances. */
export const CIRCUMSTANCE_MUTATIONS: Mutations = {
  'at the end of its validity': later('same', (window) => window),
  'a moment after its validity': later('never', (window) => window + 1),
  'replayed much later': later('never', (window, random) => window + 1 + below(400 * 24 * HOUR, random), 2),
  'just not too early': later('same', () => -EARLY),
  'a moment too early': later('never', () => -EARLY - 1),
  'much too early': later('never', (_, random) => -EARLY - 1 - below(24 * HOUR, random), 1),
  'by GET': {
    expected: () => 'never',
    times: 1,
    mutate: ({ request }) => ({ request: { ...request, method: 'GET' } }),
  },
  'by PUT': {
    expected: () => 'never',
    times: 1,
    mutate: ({ request }) => ({ request: { ...request, method: 'PUT' } }),
  },
  'to another bot': { expected: () => 'never', times: 1, mutate: ({ platform }) => ({ bot: `${platform}/other` }) },
  'to a bot named like a property of every object': {
    expected: () => 'never',
    times: 1,
    mutate: () => ({ bot: '__proto__' }),
  },
  'to a bot with other secrets': secret((value) => `${value}x`),
  'to a bot with empty secrets': secret(() => ''),
  'to a bot without secrets': { expected: () => 'never', times: 1, mutate: () => ({ secrets: {} }) },
};

const SIGNATURES = ['sign', 'x-lark-signature', 'x-slack-signature'];
const TIMES = ['timestamp', 'x-lark-request-timestamp', 'x-slack-request-timestamp'];
const NONCE = ['x-lark-request-nonce'];
const TYPE = ['content-type'];

type Change = (value: string, random: () => number, headers: Record<string, string>) => string | undefined;

/** Changes the header; none where there is no such header. @returns undefined: without it */
const header = (
  names: readonly string[],
  change: Change,
  times = 1,
  expected: Mutation['expected'] = () => 'never',
): Mutation => ({
  expected,
  times,
  mutate({ request }, random) {
    const name = names.find((each) => request.headers[each] !== undefined);
    if (!name) return undefined;
    const { [name]: value = '', ...others } = request.headers;
    const next = change(value, random, { ...request.headers });
    const headers = next === undefined ? others : { ...others, [name]: next };
    return next === value ? undefined : { request: { ...request, headers } };
  },
});

const flipped: Change = (value, random) => {
  const at = below(value.length, random);
  return value.slice(0, at) + (value[at] === '7' ? '8' : '7') + value.slice(at + 1);
};
const gone: Change = () => undefined;
const twice: Change = (value) => `${value},${value}`;

const renamed = (names: readonly string[]): Mutation => ({
  expected: () => 'never',
  times: 1,
  mutate({ request }) {
    const isOne = (name: string) => names.includes(name);
    if (!Object.keys(request.headers).some(isOne)) return undefined;
    const entries = Object.entries(request.headers).map(([name, value]) => [isOne(name) ? `${name}-` : name, value]);
    return { request: { ...request, headers: Object.fromEntries(entries) } };
  },
});

/** Only Slack reads the type, which it does not sign: it decides how the body is parsed. */
const typed = (type: string): Mutation => ({
  ...header(TYPE, (value) => (value.includes('json') === type.includes('json') ? value : type)),
  expected: ({ platform }) => (platform === 'slack' ? 'never' : 'same'),
});

const added = (more: CallbackRequest['headers']): Mutation => ({
  expected: () => 'same',
  times: 1,
  mutate: ({ request }) => ({ request: { ...request, headers: { ...request.headers, ...more } } }),
});

export const HEADER_MUTATIONS: Mutations = {
  'one character of the signature changed': header(SIGNATURES, flipped, 3),
  'the signature cut short': header(SIGNATURES, (value, random) => value.slice(0, below(value.length, random)), 2),
  'the signature longer': header(SIGNATURES, (value) => `${value}0`),
  'the signature in capitals': header(SIGNATURES, (value) => value.toUpperCase()),
  'no signature': header(SIGNATURES, gone),
  'an empty signature': header(SIGNATURES, () => ''),
  'the signature twice': header(SIGNATURES, twice),
  'the signature renamed': renamed(SIGNATURES),
  'a signature that is no ASCII': header(SIGNATURES, (value) => '签'.repeat(value.length)),
  'another time': header(TIMES, (value) => String(Number(value) + 1), 1),
  'a time cut short': header(TIMES, (value, random) => value.slice(0, below(value.length, random)), 2),
  'a time in words': header(TIMES, () => 'NaN'),
  'a time with a sign': header(TIMES, (value) => `+${value}`),
  'no time': header(TIMES, gone),
  'the time twice': header(TIMES, twice),
  'the time renamed': renamed(TIMES),
  'another nonce': header(NONCE, flipped),
  'no nonce': header(NONCE, gone),
  'one character of the nonce in the time': header(
    TIMES,
    (value, _, headers) => value + (headers['x-lark-request-nonce'] ?? '0')[0],
  ),
  'sent as a form': typed('application/x-www-form-urlencoded'),
  'sent as JSON': typed('application/json'),
  'sent as text': { ...typed('text/plain'), ...header(TYPE, () => 'text/plain', 1, typed('').expected) },
  'sent as nothing': { ...typed(''), ...header(TYPE, gone, 1, typed('').expected) },
  'headers of a retry': added({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }),
  'headers of a proxy': added({ 'x-forwarded-for': '203.0.113.9', via: '1.1 x' }),
};

/** A signed body may not change; of any other, its contents decide. */
const expected = ({ signedPart }: Sample): Expectation => (signedPart === 'all' ? 'never' : 'by body');

const bytes = (times: number, mutate: (body: Buffer, random: () => number) => Buffer | undefined): Mutation => ({
  expected,
  times,
  mutate({ request }, random) {
    const body = mutate(request.body, random);
    return body && !body.equals(request.body) ? { request: { ...request, body } } : undefined;
  },
});

/** Changes of the body after signing. */
export const BODY_MUTATIONS: Mutations = {
  'a bit of the body flipped': bytes(8, (body, random) => {
    const copy = Buffer.from(body);
    const at = below(copy.length, random);
    copy.writeUInt8(copy.readUInt8(at) ^ (1 << below(8, random)), at);
    return copy;
  }),
  'the body cut short': bytes(3, (body, random) => body.subarray(0, below(body.length, random))),
  'bytes in front': bytes(1, (body) => Buffer.concat([Buffer.from('x'), body])),
  'bytes behind': bytes(1, (body) => Buffer.concat([body, Buffer.from([0x80, 0, 0])])),
  'a byte that is no UTF-8': bytes(2, (body, random) => {
    const at = below(body.length, random);
    return Buffer.concat([body.subarray(0, at), Buffer.from([0xff]), body.subarray(at)]);
  }),
  'the same JSON, formatted differently': bytes(1, (body) => {
    const text = body.toString();
    return Buffer.from(text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 1) : text.replaceAll('%', '%25'));
  }),
  'in UTF-16': bytes(1, (body) => Buffer.from(body.toString(), 'utf16le')),
  compressed: bytes(1, (body) => gzipSync(body)),
  'no body': bytes(1, () => Buffer.alloc(0)),
  'a key twice': bytes(1, (body) =>
    Buffer.from(body.toString().replace('{', '{"encrypt":7,"robotCode":"x","token":"x",')),
  ),
  'the body of another callback': {
    expected,
    times: 1,
    mutate: ({ request, other }) => ({ request: { ...request, body: other.body } }),
  },
  'over 256 KB': {
    expected: () => 'never',
    times: 1,
    mutate: ({ request }) => ({
      request: { ...request, body: Buffer.concat([request.body, Buffer.alloc(256 * 1024, ' ')]) },
    }),
  },
};
