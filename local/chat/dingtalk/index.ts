import type { Emulator } from '../platform';
import { answer } from './answer';
import { see } from './see';

/** Both clouds: China's and the international one. */
const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

export const dingtalk: Emulator = {
  name: { zh: '钉钉', en: 'DingTalk' },
  owns: (host) => HOSTS.includes(host),
  answer,
  see,
};
