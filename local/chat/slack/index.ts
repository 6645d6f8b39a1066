import type { WebhookPlatform } from '../platform';
import { respond } from './answer';
import { view } from './see';

export const slack: WebhookPlatform = {
  name: { zh: 'Slack', en: 'Slack' },
  owns: (host) => host === 'hooks.slack.com',
  respond,
  view,
};
