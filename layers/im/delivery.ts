import axios from 'axios';
import type { Answer, Payload, Platform, Refusal, Webhook, World } from './channel';
import { overHttps } from './over-https';
import { redact, secretsOf } from './redact';

/** A message that was not delivered. The url is the password, so it is in none of this: neither message nor stack nor cause. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  readonly platform: string;
  /** The platform's own error code, an HTTP status, or the network's (`ECONNREFUSED`). */
  readonly code?: string;
  /** Whether the same message may be accepted later. */
  readonly retryable: boolean;
  /** Seconds to wait first, where the platform tells. */
  readonly retryAfter?: number;
  /** The message may have been shown all the same: nobody answered, or it is not clear what the answer means for it. */
  readonly uncertain?: 'unanswered' | 'unclear';
  /** The platform's rate limit: nothing is wrong with the message. */
  readonly throttled?: true;
  /** This message is refused, not this robot: a plainer form of it may be accepted. */
  readonly unfit?: true;

  constructor(platform: string, { reason, code, retryable, retryAfter, throttled, uncertain, unfit }: Refusal) {
    super(`${platform}: ${reason}`);
    this.platform = platform;
    this.retryable = retryable;
    if (code !== undefined) this.code = code;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
    if (uncertain) this.uncertain = uncertain;
    if (throttled) this.throttled = throttled;
    if (unfit) this.unfit = unfit;
  }
}

const http = axios.create({
  adapter: overHttps,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  responseType: 'text',
  transformRequest: [(body) => body],
  transformResponse: [(body) => body],
  validateStatus: () => true,
});

/** Posts one payload; resolves when the platform has said yes, throws DeliveryError otherwise. */
export async function post(platform: Platform, payload: Payload, webhook: Webhook, world: World, once?: string) {
  const { url, body } = platform.request(payload, webhook, world.now(), once);
  const answer = await ask(world.endpoint(url), JSON.stringify(body), world.timeout);
  const refusal = 'reason' in answer ? answer : refusalIn(answer, platform, world.now());
  if (!refusal) return;
  const secrets = secretsOf(url, webhook.secret);
  const { reason, code = '' } = refusal;
  throw new DeliveryError(platform.name, { ...refusal, reason: redact(reason, secrets), code: redact(code, secrets) });
}

function refusalIn(answer: Answer, platform: Platform, now: number): Refusal | undefined {
  const refusal = platform.verdict(answer);
  const retryAfter = secondsUntil(answer.headers['retry-after'], now) ?? refusal?.retryAfter;
  return refusal && { ...refusal, ...(retryAfter !== undefined && { retryAfter }) };
}

async function ask(endpoint: string, body: string, timeout: number): Promise<Answer | Refusal> {
  try {
    const { status, headers, data } = await http.post<unknown>(endpoint, body, { timeout });
    return { status, headers: lowerCase(headers), body: parsed(data) };
  } catch (error) {
    return networkRefusal(error, timeout);
  }
}

/** Only the code is kept: the rest of a network error may hold the url. */
function networkRefusal(error: unknown, timeout: number): Refusal {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') {
    return { reason: `no answer within ${timeout} ms`, code: 'ETIMEDOUT', retryable: true, uncertain: 'unanswered' };
  }
  const known = typeof code === 'string' ? code : 'unknown';
  return { reason: `it could not be reached (${known})`, code: known, retryable: true, uncertain: 'unanswered' };
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    // Slack answers `ok`, a proxy answers HTML: that is for the verdict to judge.
    return data;
  }
}

function lowerCase(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Retry-After as RFC 9110 has it: seconds, or a date. */
function secondsUntil(when: string | undefined, now: number): number | undefined {
  if (!when) return undefined;
  const seconds = /^\d+$/.test(when) ? Number(when) : Math.ceil((Date.parse(when) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
