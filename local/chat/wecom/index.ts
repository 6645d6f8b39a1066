import type { ChatPlatform } from '../platform';
import { respond } from './webhook-response';
import { view } from './webhook-view';

export const wecom: ChatPlatform = {
  name: { zh: '企业微信', en: 'WeCom' },
  brandColor: '#3a7afe',
  webhook: { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=01234567-89ab-4cde-8f01-23456789abcd' },
  ownsHost: (host) => host === 'qyapi.weixin.qq.com',
  respond,
  view,
};
