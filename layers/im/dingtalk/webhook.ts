import { createHmac } from 'node:crypto';
import type { Payload, Webhook, WebhookPlatform } from '../channel';
import { fieldOf } from '../errors';
import { isOnHosts } from '../http';
import { LIMIT, PLAIN_LIMIT, render, renderPlain } from './render';
import { parseResponse } from './verdict';

const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

/** DingTalk (钉钉) custom robots: document "custom-robots-send-group-messages" of open.dingtalk.com. */
export const dingtalk: WebhookPlatform = {
  name: 'dingtalk',
  maxBytes: LIMIT,
  maxPlainBytes: PLAIN_LIMIT,
  rateLimits: [{ messages: 20, seconds: 60 }],
  // The quota "Webhook & Stream" of a free organisation since 2025-11-19, for all of its robots together.
  monthlyQuota: 3000,
  hosts: HOSTS,
  supportsKeywords: true,
  ownsUrl: (url) => isOnHosts(url, HOSTS) && url.pathname === '/robot/send',
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

/** Where a message of each kind has its words. */
const WORDS: Readonly<Record<string, string>> = { actionCard: 'text', markdown: 'text', text: 'content' };

/** Whether a keyword counts in the title is not documented, and in the text our escape may have altered it. */
function withKeyword(payload: Payload, { keyword }: Webhook): Payload {
  const kind = String(payload.msgtype);
  const name = WORDS[kind] ?? '';
  const words = fieldOf(payload[kind], name);
  if (!keyword || typeof words !== 'string' || words.includes(keyword)) return payload;
  return { ...payload, [kind]: { ...Object(payload[kind]), [name]: `${words}\n\n${keyword}` } };
}
