import type { WebhookPlatform } from '../channel';
import { isOnHosts } from '../http';
import { parseResponse } from './errors';
import { MAX_BYTES, MAX_PLAIN_BYTES, render, renderPlain } from './render';

const HOSTS = ['*.logic.azure.com', '*.logic.azure.cn', '*.environment.api.powerplatform.com'];

/** Microsoft Teams by a Workflow, "When a Teams webhook request is received". No idempotency key exists. */
export const teamsWebhook: WebhookPlatform = {
  name: 'teams',
  maxBytes: MAX_BYTES,
  maxPlainBytes: MAX_PLAIN_BYTES,
  rateLimits: [{ messages: 4, seconds: 1 }],
  hosts: HOSTS,
  retiredHosts: {
    hosts: ['*.webhook.office.com', 'outlook.office.com'],
    reason:
      'This is the url of an Office 365 connector, and Microsoft switched connectors off in May 2026. ' +
      'In Teams, make a Workflow "When a Teams webhook request is received" and enter its url.',
  },
  ownsUrl: (url) => isOnHosts(url, HOSTS) && url.pathname.includes('/workflows/'),
  render,
  renderPlain,
  buildRequest: (payload, { url }) => ({ url: new URL(url), body: payload }),
  parseResponse,
};
