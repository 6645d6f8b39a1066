import type { AppPlatform } from '../chat-app';

export const slackApp: AppPlatform = {
  name: 'slack',
  needs: [],
  hosts: [],
  open() {
    throw new Error('not there yet');
  },
};
