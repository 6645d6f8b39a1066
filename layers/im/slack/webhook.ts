import type { Platform } from '../channel';
import { isOn } from '../hosts';
import { LIMIT, render } from './render';
import { verdict } from './verdict';

const HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** Slack incoming webhooks: "Sending messages using incoming webhooks" of docs.slack.dev. No idempotency key exists. */
export const slack: Platform = {
  name: 'slack',
  limit: LIMIT,
  hosts: HOSTS,
  owns: (url) => isOn(url, HOSTS) && url.pathname.startsWith('/services/'),
  render,
  request: (payload, { url }) => ({ url: new URL(url), body: payload }),
  verdict,
};
