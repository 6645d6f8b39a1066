import type { AppPlatform } from '../chat-app';

export const dingtalkApp: AppPlatform = {
  name: 'dingtalk',
  needs: [],
  hosts: [],
  open() {
    throw new Error('not there yet');
  },
};
