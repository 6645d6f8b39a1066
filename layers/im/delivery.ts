import { httpRequest } from './ask';
import type { HttpResponse, Payload, Rejection, Runtime, Webhook, WebhookPlatform } from './channel';
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
  readonly retryAfterSeconds?: number;
  /** The message may have been shown all the same: nobody answered, or it is not clear what the answer means for it. */
  readonly outcomeUnknown?: 'unanswered' | 'unclear';
  /** The platform's rate limit: nothing is wrong with the message. */
  readonly throttled?: true;
  /** This message is refused, not this robot: a plainer form of it may be accepted. */
  readonly payloadRejected?: true;

  constructor(
    platform: string,
    { reason, code, retryable, retryAfterSeconds, throttled, outcomeUnknown, payloadRejected }: Rejection,
  ) {
    super(`${platform}: ${reason}`);
    this.platform = platform;
    this.retryable = retryable;
    if (code !== undefined) this.code = code;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
    if (outcomeUnknown) this.outcomeUnknown = outcomeUnknown;
    if (throttled) this.throttled = throttled;
    if (payloadRejected) this.payloadRejected = payloadRejected;
  }
}

/** Posts one payload; resolves when the platform has said yes, throws DeliveryError otherwise. */
export async function post(
  platform: WebhookPlatform,
  payload: Payload,
  webhook: Webhook,
  runtime: Runtime,
  idempotencyKey?: string,
) {
  const { url, body } = platform.buildRequest(payload, webhook, runtime.now(), idempotencyKey);
  const question = {
    method: 'POST',
    url: runtime.resolveEndpoint(url),
    body: JSON.stringify(body),
    timeoutMs: runtime.timeoutMs,
  } as const;
  const answer = await httpRequest(question);
  const rejection = 'reason' in answer ? answer : refusalIn(answer, platform, runtime.now());
  if (!rejection) return;
  const secrets = secretsOf(url, webhook.secret);
  const { reason, code = '' } = rejection;
  throw new DeliveryError(platform.name, {
    ...rejection,
    reason: redact(reason, secrets),
    code: redact(code, secrets),
  });
}

function refusalIn(answer: HttpResponse, platform: WebhookPlatform, now: number): Rejection | undefined {
  const rejection = platform.parseResponse(answer);
  const retryAfterSeconds = secondsUntil(answer.headers['retry-after'], now) ?? rejection?.retryAfterSeconds;
  return rejection && { ...rejection, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** Retry-After as RFC 9110 has it: seconds, or a date. */
function secondsUntil(when: string | undefined, now: number): number | undefined {
  if (!when) return undefined;
  const seconds = /^\d+$/.test(when) ? Number(when) : Math.ceil((Date.parse(when) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
