import { type Json, parseObject, textAt } from '../json';
import type { WebhookState } from '../platform';
import { type RateLimit, waitMs } from '../rate-limit';
import type { ApiRequest } from '../workspace';
import { METHODS } from './methods';
import type { Office } from './office';
import { SECRETS } from './organisation';

export interface ApiAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** "1 message per second to a specific channel", with bursts tolerated; how long those may be is not said: ten here. */
const BURST = { count: 10, windowMs: 10_000 };

/** `slack.com/api/...`: HTTP 200 with `ok`, but for a 429. */
export function openWebApi(office: Office): (call: ApiRequest) => ApiAnswer {
  const waitOf = openGate();
  return (call) => {
    const name = call.url.pathname.slice('/api/'.length);
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    if (!method) return refuse('unknown_method', { req_method: name });
    const token = tokenOf(call);
    if (token !== SECRETS.botToken) return refuse(token ? 'invalid_auth' : 'not_authed');
    const args = argsOf(call, method.wantsForm);
    const limits = {
      [name]: { count: method.aMinute, windowMs: 60_000 },
      ...(name === POST && { [channelIn(args)]: BURST }),
    };
    const wait = waitOf(limits, call.at);
    return wait > 0 ? throttle(Math.ceil(wait / 1000)) : { status: 200, body: method.run(args, office) };
  };
}

const POST = 'chat.postMessage';

function channelIn(args: Json): string {
  return `channel ${textAt(args, 'channel')}`;
}

/** Counts the calls of each kind; gives the ms until there may be another. */
function openGate(): (limits: Readonly<Record<string, RateLimit>>, at: number) => number {
  const memories = new Map<string, WebhookState>();
  return (limits, at) => {
    const waits = Object.entries(limits).map(([key, limit]) => {
      const memory = memories.get(key) ?? {
        limits: 'real',
        requestTimes: [],
        blockedUntil: 0,
        idempotencyKeys: new Set<string>(),
      };
      memories.set(key, memory);
      return waitMs(memory, at, [limit]);
    });
    return Math.max(...waits);
  };
}

/** `Retry-After` is in seconds. */
export function throttle(seconds: number): ApiAnswer {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

/** Refusals come with HTTP 200. */
export function refuse(error: string, more: Json = {}): ApiAnswer {
  return { status: 200, body: { ok: false, error, ...more } };
}

function tokenOf({ headers, url, body }: ApiRequest): string {
  const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  return bearer ?? url.searchParams.get('token') ?? new URLSearchParams(body.toString('utf8')).get('token') ?? '';
}

/** In the query, as a form or as JSON; methods that only read take no JSON ("Using the Web API" of docs.slack.dev). */
function argsOf({ method, url, headers, body }: ApiRequest, wantsForm = false): Json {
  const query = Object.fromEntries(url.searchParams);
  if (method === 'GET') return query;
  if (/^application\/json\b/i.test(headers['content-type'] ?? ''))
    return { ...query, ...(!wantsForm && parseObject(body)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}
