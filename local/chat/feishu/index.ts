import type { WebhookPlatform } from '../platform';
import { respond } from './answer';
import { view } from './see';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

export const feishu: WebhookPlatform = {
  name: { zh: '飞书', en: 'Feishu / Lark' },
  owns: (host) => HOSTS.includes(host),
  respond,
  view,
};
