import type { CallbackRequest } from '@casebell/im/bots';
import { below, type Mutation, type Mutations } from './mutation.fixture';

const SIGNATURES = ['sign', 'x-lark-signature', 'x-slack-signature'];
const TIMES = ['timestamp', 'x-lark-request-timestamp', 'x-slack-request-timestamp'];
const NONCE = ['x-lark-request-nonce'];
const TYPE = ['content-type'];

type Change = (value: string, random: () => number, headers: Record<string, string>) => string | undefined;

/** Changes the header that is called so; nothing to spoil where there is none. @returns undefined: without it */
const header = (
  names: readonly string[],
  change: Change,
  times = 1,
  fate: Mutation['fate'] = () => 'never',
): Mutation => ({
  fate,
  times,
  spoil({ request }, random) {
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
  fate: () => 'never',
  times: 1,
  spoil({ request }) {
    const isOne = (name: string) => names.includes(name);
    if (!Object.keys(request.headers).some(isOne)) return undefined;
    const entries = Object.entries(request.headers).map(([name, value]) => [isOne(name) ? `${name}-` : name, value]);
    return { request: { ...request, headers: Object.fromEntries(entries) } };
  },
});

/** Slack alone reads the type, which it does not sign; it decides how the body is read. */
const typed = (type: string): Mutation => ({
  ...header(TYPE, (value) => (value.includes('json') === type.includes('json') ? value : type)),
  fate: ({ platform }) => (platform === 'slack' ? 'never' : 'same'),
});

const added = (more: CallbackRequest['headers']): Mutation => ({
  fate: () => 'same',
  times: 1,
  spoil: ({ request }) => ({ request: { ...request, headers: { ...request.headers, ...more } } }),
});

export const HEADER_MUTATIONS: Mutations = {
  'a letter of the signature changed': header(SIGNATURES, flipped, 3),
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
  'a letter of the nonce in the time': header(
    TIMES,
    (value, _, headers) => value + (headers['x-lark-request-nonce'] ?? '0')[0],
  ),
  'sent as a form': typed('application/x-www-form-urlencoded'),
  'sent as JSON': typed('application/json'),
  'sent as text': { ...typed('text/plain'), ...header(TYPE, () => 'text/plain', 1, typed('').fate) },
  'sent as nothing': { ...typed(''), ...header(TYPE, gone, 1, typed('').fate) },
  'headers that say it comes again': added({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' }),
  'headers of a proxy': added({ 'x-forwarded-for': '203.0.113.9', via: '1.1 x' }),
};
