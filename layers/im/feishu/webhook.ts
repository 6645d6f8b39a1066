import { createHmac } from 'node:crypto';
import type { WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { parseResponse } from './errors';
import { MAX_BYTES, MAX_PLAIN_BYTES, render, renderPlain } from './render';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];
const WEBHOOK_PATH = /^\/open-apis\/bot\/v2\/hook\/[^/]+$/;

/** Feishu (飞书) and Lark custom bots: "Custom bot usage guide" of open.feishu.cn. */
export const feishuWebhook: WebhookPlatform = {
  name: 'feishu',
  maxBytes: MAX_BYTES,
  maxPlainBytes: MAX_PLAIN_BYTES,
  rateLimits: [
    { messages: 100, seconds: 60 },
    { messages: 5, seconds: 1 },
  ],
  hosts: HOSTS,
  supportsKeywords: true,
  ownsUrl: (url) => isOnHosts(url, HOSTS) && WEBHOOK_PATH.test(url.pathname),
  render,
  renderPlain,
  buildRequest(payload, { url, secret }, now) {
    const timestamp = String(Math.floor(now / 1000));
    const body = secret ? { timestamp, sign: sign(secret, timestamp), ...payload } : payload;
    return { url: new URL(url), body };
  },
  parseResponse,
};

/** The signature of 签名校验: timestamp in seconds; unlike elsewhere the text is the key, and the message is empty. */
export function sign(secret: string, timestamp: string): string {
  return createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
}
