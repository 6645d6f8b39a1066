import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, PLAIN_LIMIT, plain, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['*.logic.azure.com', '*.logic.azure.cn', '*.environment.api.powerplatform.com'];

/** Microsoft Teams by a Workflow, "When a Teams webhook request is received". No idempotency key exists. */
export const teams: Platform = {
  name: 'teams',
  limit: LIMIT,
  plainLimit: PLAIN_LIMIT,
  limits: [{ messages: 4, seconds: 1 }],
  hosts: HOSTS,
  retired: {
    hosts: ['*.webhook.office.com', 'outlook.office.com'],
    reason:
      'This is the url of an Office 365 connector, and Microsoft switched connectors off in May 2026. ' +
      'In Teams, make a Workflow "When a Teams webhook request is received" and enter its url.',
  },
  owns: (url) => isOn(url, HOSTS) && url.pathname.includes('/workflows/'),
  render,
  plain,
  request: (payload, { url }) => ({ url: new URL(url), body: payload }),
  verdict,
};
