import type { Emulator } from '../platform';
import { answer } from './answer';
import { see } from './see';

export const teams: Emulator = {
  name: { zh: '微软 Teams', en: 'Microsoft Teams' },
  // The old and the new home of Workflows urls.
  owns: (host) => host.endsWith('.logic.azure.com') || host.endsWith('.environment.api.powerplatform.com'),
  answer,
  see,
};
