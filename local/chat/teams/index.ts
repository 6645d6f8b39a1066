import type { ChatPlatform } from '../platform';
import { respond } from './webhook-response';
import { view } from './webhook-view';

const HEX = '0123456789abcdef';
const HOST = `default${HEX}.0.environment.api.powerplatform.com:443`;
const PATH = `/powerautomate/automations/direct/workflows/${HEX.repeat(2)}/triggers/manual/paths/invoke`;
const QUERY = `?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${'X'.repeat(43)}`;

export const teams: ChatPlatform = {
  name: { zh: '微软 Teams', en: 'Microsoft Teams' },
  brandColor: '#5b5fc7',
  webhook: { url: `https://${HOST}${PATH}${QUERY}` },
  // The old and the new host of Workflows URLs.
  ownsHost: (host) => host.endsWith('.logic.azure.com') || host.endsWith('.environment.api.powerplatform.com'),
  respond,
  view,
};
