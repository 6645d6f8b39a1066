import type { WebhookPlatform } from '../platform';
import { respond } from './answer';
import { view } from './see';

export const teams: WebhookPlatform = {
  name: { zh: '微软 Teams', en: 'Microsoft Teams' },
  // The old and the new home of Workflows urls.
  owns: (host) => host.endsWith('.logic.azure.com') || host.endsWith('.environment.api.powerplatform.com'),
  respond,
  view,
};
