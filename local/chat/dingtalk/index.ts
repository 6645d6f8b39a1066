import type { BotChatPlatform } from '../platform';
import { createDingTalkTemplates } from './callback-templates';
import { respond } from './webhook-response';
import { view } from './webhook-view';
import { createWorkspace } from './workspace';

const HEX = '0123456789abcdef';
/** Two clouds: China's and the international one. */
const HOSTS = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

export const dingtalk: BotChatPlatform = {
  name: { zh: '钉钉', en: 'DingTalk' },
  brandColor: '#1677ff',
  webhook: {
    url: `https://oapi.dingtalk.com/robot/send?access_token=${HEX.repeat(4)}`,
    secret: `SEC${HEX.repeat(4)}`,
    keyword: 'Casebell',
  },
  // For a card.
  callbackTimeoutMs: 2_000,
  secretParameters: { appKey: 'DingTalkAppKey', appSecret: 'DingTalkAppSecret', corpId: 'DingTalkCorpId' },
  ownsHost: (host) => HOSTS.includes(host),
  respond,
  view,
  createWorkspace,
  createCallbackTemplates: () => ({ dingtalk: createDingTalkTemplates() }),
};
