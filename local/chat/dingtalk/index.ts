import type { WebhookPlatform } from '../platform';
import { respond } from './answer';
import { view } from './see';

/** Both clouds: China's and the international one. */
const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

export const dingtalk: WebhookPlatform = {
  name: { zh: '钉钉', en: 'DingTalk' },
  owns: (host) => HOSTS.includes(host),
  respond,
  view,
};
