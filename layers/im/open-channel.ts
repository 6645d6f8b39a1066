import type { Card } from './card';
import { plainTextMessage } from './card-text';
import type { Channel, HttpResponse, Payload, Rejection, Runtime, Webhook, WebhookPlatform } from './channel';
import { DeliveryError } from './errors';
import { sendHttpRequest } from './http';
import { redact, secretsOf } from './redact';
import { platformOf } from './webhook-platforms';

/** No platform cuts a title before this many UTF-16 units. */
const MIN_TITLE_LENGTH = 60;

/** Opens the channel behind this webhook. Throws an Error without the url in it when no platform owns the webhook. */
export function openChannel(webhook: Webhook, runtime: Runtime): Channel {
  const platform = platformOf(webhook.url);
  return {
    platform: platform.name,
    rateLimits: platform.rateLimits,
    monthlyQuota: platform.monthlyQuota,
    compose(card, form) {
      const titled = platform.supportsKeywords ? withKeyword(card, webhook.keyword) : card;
      return form === 'plain' ? [plainTextMessage(titled, platform)] : platform.render(titled);
    },
    post: (payload, idempotencyKey) => postPayload(payload, { platform, webhook, runtime, idempotencyKey }),
  };
}

/** Every part of a card has the title, so the keyword that the robot requires goes there. */
function withKeyword(card: Card, keyword = ''): Card {
  if (card.title.slice(0, MIN_TITLE_LENGTH).includes(keyword)) return card;
  return { ...card, title: `${keyword} · ${card.title}` };
}

interface Post {
  platform: WebhookPlatform;
  webhook: Webhook;
  runtime: Runtime;
  idempotencyKey?: string;
}

/** Posts one payload; resolves when the platform has accepted it, throws DeliveryError otherwise. */
async function postPayload(payload: Payload, { platform, webhook, runtime, idempotencyKey }: Post): Promise<void> {
  const { url, body } = platform.buildRequest(payload, webhook, runtime.now(), idempotencyKey);
  const response = await sendHttpRequest({
    method: 'POST',
    url: runtime.resolveEndpoint(url),
    body: JSON.stringify(body),
    timeoutMs: runtime.timeoutMs,
  });
  const rejection = 'reason' in response ? response : rejectionIn(response, platform, runtime.now());
  if (!rejection) return;
  const secrets = secretsOf(url, webhook.secret);
  const { reason, code = '' } = rejection;
  const clean = { reason: redact(reason, secrets), code: redact(code, secrets) };
  throw new DeliveryError(platform.name, { ...rejection, ...clean });
}

function rejectionIn(response: HttpResponse, platform: WebhookPlatform, now: number): Rejection | undefined {
  const rejection = platform.parseResponse(response);
  const retryAfterSeconds = secondsUntil(response.headers['retry-after'], now) ?? rejection?.retryAfterSeconds;
  return rejection && { ...rejection, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

/** Retry-After as RFC 9110 defines it: seconds, or a date. */
function secondsUntil(when: string | undefined, now: number): number | undefined {
  if (!when) return undefined;
  const seconds = /^\d+$/.test(when) ? Number(when) : Math.ceil((Date.parse(when) - now) / 1000);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
