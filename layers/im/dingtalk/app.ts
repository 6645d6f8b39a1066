import type { AppPlatform } from '../chat-app';
import { openApi } from './api';
import { botOf, NEEDS } from './bot';
import { lookUp } from './look-up';
import { receive } from './receive';
import { send } from './send';

/**
 * DingTalk (钉钉), an enterprise-internal robot in HTTP mode. It has no openPlace: a case lives in the conversation that
 * it was opened in, because DingTalk lets an app open only groups made from a template.
 */
export const dingtalkApp: AppPlatform = {
  name: 'dingtalk',
  needs: NEEDS,
  hosts: ['api.dingtalk.com', 'oapi.dingtalk.com', 'oapi.dingtalk.io'],
  open(secrets, world) {
    const bot = botOf(secrets);
    const api = openApi(bot, world);
    return {
      platform: 'dingtalk',
      receive: (request) => receive(request, bot, world.now()),
      send: (card, to, once) => send(card, to, once, { bot, api, world }),
      lookUp: async (handle) => ('mobile' in handle ? lookUp(handle.mobile, api, world) : undefined),
      probe: api.knock,
    };
  },
};
