import type { AppPlatform } from '../chat-app';

export const feishuApp: AppPlatform = {
  name: 'feishu',
  needs: [],
  hosts: [],
  open() {
    throw new Error('not there yet');
  },
};
