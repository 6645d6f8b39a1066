import type { WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { parseResponse } from './errors';
import { MAX_BYTES, MAX_PLAIN_BYTES, render, renderPlain } from './render';

const HOSTS = ['qyapi.weixin.qq.com'];

/** WeCom (企业微信) group robots: path/99110 of developer.work.weixin.qq.com. Neither signature nor idempotency key exists. */
export const wecomWebhook: WebhookPlatform = {
  name: 'wecom',
  maxBytes: MAX_BYTES,
  maxPlainBytes: MAX_PLAIN_BYTES,
  rateLimits: [{ messages: 20, seconds: 60 }],
  hosts: HOSTS,
  ownsUrl: (url) => isOnHosts(url, HOSTS) && url.pathname === '/cgi-bin/webhook/send',
  render,
  renderPlain,
  buildRequest: (payload, { url }) => ({ url: new URL(url), body: payload }),
  parseResponse,
};
