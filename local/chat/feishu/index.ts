import type { BotChatPlatform } from '../platform';
import { createFeishuTemplates } from './callback-templates';
import { respond } from './webhook-response';
import { view } from './webhook-view';
import { createWorkspace } from './workspace';

const HOSTS = ['open.feishu.cn', 'open.larksuite.com'];

export const feishu: BotChatPlatform = {
  name: { zh: '飞书', en: 'Feishu / Lark' },
  brandColor: '#00b7a8',
  webhook: {
    url: 'https://open.feishu.cn/open-apis/bot/v2/hook/01234567-89ab-4cde-8f01-23456789abcd',
    secret: '0123456789abcdef012345',
  },
  caseConversation: 'group',
  hasForms: true,
  callbackTimeoutMs: 3_000,
  secretParameters: {
    appId: 'FeishuAppId',
    appSecret: 'FeishuAppSecret',
    verificationToken: 'FeishuVerificationToken',
    encryptKey: 'FeishuEncryptKey',
  },
  ownsHost: (host) => HOSTS.includes(host),
  respond,
  view,
  createWorkspace,
  createCallbackTemplates: () => ({
    feishu: createFeishuTemplates({ isEncrypted: true }),
    'plain feishu': createFeishuTemplates({ isEncrypted: false }),
  }),
};
