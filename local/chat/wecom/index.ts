import type { Emulator } from '../platform';
import { answer } from './answer';
import { see } from './see';

export const wecom: Emulator = {
  name: { zh: '企业微信', en: 'WeCom' },
  owns: (host) => host === 'qyapi.weixin.qq.com',
  answer,
  see,
};
