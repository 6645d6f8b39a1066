import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, PLAIN_LIMIT, plain, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack incoming webhooks: "Sending messages using incoming webhooks" of docs.slack.dev. No idempotency key exists. */
export const slack: Platform = {
  name: 'slack',
  limit: LIMIT,
  plainLimit: PLAIN_LIMIT,
  limits: [{ messages: 1, seconds: 1 }],
  hosts: HOSTS,
  owns: (url) => isOn(url, HOSTS) && url.pathname.startsWith('/services/'),
  render,
  plain,
  request: (payload, { url }) => ({ url: new URL(url), body: payload }),
  verdict,
};
