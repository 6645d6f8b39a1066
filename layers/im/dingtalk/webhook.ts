import { createHmac } from 'node:crypto';
import type { Payload, Webhook, WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { valueAt } from '../json';
import { parseResponse } from './errors';
import { MAX_BYTES, MAX_PLAIN_BYTES, render, renderPlain } from './render';

export const WEBHOOK_HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

/** DingTalk (钉钉) custom robots: document "custom-robots-send-group-messages" of open.dingtalk.com. */
export const dingtalkWebhook: WebhookPlatform = {
  name: 'dingtalk',
  maxBytes: MAX_BYTES,
  maxPlainBytes: MAX_PLAIN_BYTES,
  rateLimits: [{ messages: 20, seconds: 60 }],
  // The quota "Webhook & Stream" of a free organisation since 2025-11-19, for all of its robots together.
  monthlyQuota: 3000,
  hosts: WEBHOOK_HOSTS,
  supportsKeywords: true,
  ownsUrl: (url) => isOnHosts(url, WEBHOOK_HOSTS) && url.pathname === '/robot/send',
  render,
  renderPlain,
  buildRequest(payload, webhook, now, idempotencyKey) {
    const url = new URL(webhook.url);
    if (webhook.secret) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', sign(webhook.secret, now));
    }
    const body = withKeyword(payload, webhook);
    return { url, body: idempotencyKey ? { ...body, msgUuid: idempotencyKey } : body };
  },
  parseResponse,
};

/** The signature of 加签: timestamp in milliseconds, at most an hour off; the query encodes it once. */
export function sign(secret: string, now: number): string {
  return createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
}

/** The webhook in a callback (`sessionWebhook`), by which a conversation can be answered without a token. */
export function isSessionUrl(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && isOnHosts(url, WEBHOOK_HOSTS) && url.pathname === '/robot/sendBySession';
}

/** The field with the text of each kind of message. */
const TEXT_FIELDS: Readonly<Record<string, string>> = { actionCard: 'text', markdown: 'text', text: 'content' };

/** Whether a keyword counts in the title is undocumented, and in the text our escape may have altered it. */
function withKeyword(payload: Payload, { keyword }: Webhook): Payload {
  const kind = String(payload.msgtype);
  const name = TEXT_FIELDS[kind] ?? '';
  const text = valueAt(payload, kind, name);
  if (!keyword || typeof text !== 'string' || text.includes(keyword)) return payload;
  return { ...payload, [kind]: { ...Object(payload[kind]), [name]: `${text}\n\n${keyword}` } };
}
