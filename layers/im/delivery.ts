import { ask } from './ask';
import type { Answer, Payload, Platform, Refusal, Webhook, World } from './channel';
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

/** Posts one payload; resolves when the platform has said yes, throws DeliveryError otherwise. */
export async function post(platform: Platform, payload: Payload, webhook: Webhook, world: World, once?: string) {
  const { url, body } = platform.request(payload, webhook, world.now(), once);
  const question = {
    method: 'POST',
    url: world.endpoint(url),
    body: JSON.stringify(body),
    timeout: world.timeout,
  } as const;
  const answer = await ask(question);
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

/** Retry-After as RFC 9110 has it: seconds, or a date. */
function secondsUntil(when: string | undefined, now: number): number | undefined {
  if (!when) return undefined;
  const seconds = /^\d+$/.test(when) ? Number(when) : Math.ceil((Date.parse(when) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
