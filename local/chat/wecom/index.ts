import type { WebhookPlatform } from '../platform';
import { respond } from './answer';
import { view } from './see';

export const wecom: WebhookPlatform = {
  name: { zh: '企业微信', en: 'WeCom' },
  owns: (host) => host === 'qyapi.weixin.qq.com',
  respond,
  view,
};
