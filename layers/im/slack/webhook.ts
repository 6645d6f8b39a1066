import type { WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { PLATFORM, parseResponse } from './errors';
import { MAX_BYTES, MAX_PLAIN_BYTES, render, renderPlain } from './render';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack incoming webhooks: "Sending messages using incoming webhooks" of docs.slack.dev. No idempotency key exists. */
export const slackWebhook: WebhookPlatform = {
  name: PLATFORM,
  maxBytes: MAX_BYTES,
  maxPlainBytes: MAX_PLAIN_BYTES,
  rateLimits: [{ messages: 1, seconds: 1 }],
  hosts: HOSTS,
  ownsUrl: (url) => isOnHosts(url, HOSTS) && url.pathname.startsWith('/services/'),
  render,
  renderPlain,
  buildRequest: (payload, { url }) => ({ url: new URL(url), body: payload }),
  parseResponse,
};
