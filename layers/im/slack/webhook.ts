import type { WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { LIMIT, PLAIN_LIMIT, render, renderPlain } from './render';
import { parseResponse } from './verdict';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack incoming webhooks: "Sending messages using incoming webhooks" of docs.slack.dev. No idempotency key exists. */
export const slackWebhook: WebhookPlatform = {
  name: 'slack',
  maxBytes: LIMIT,
  maxPlainBytes: PLAIN_LIMIT,
  rateLimits: [{ messages: 1, seconds: 1 }],
  hosts: HOSTS,
  ownsUrl: (url) => isOnHosts(url, HOSTS) && url.pathname.startsWith('/services/'),
  render,
  renderPlain,
  buildRequest: (payload, { url }) => ({ url: new URL(url), body: payload }),
  parseResponse,
};
