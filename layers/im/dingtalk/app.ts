import type { BotPlatform } from '../chat-app';
import { openApi } from './api';
import { botOf, NEEDS } from './bot';
import { fetchFile } from './fetch-file';
import { lookUp } from './look-up';
import { receive } from './receive';
import { send } from './send';
import { sendFile } from './send-file';
import { STORAGE_HOSTS } from './storage';

/**
 * DingTalk (钉钉), an enterprise-internal robot in HTTP mode. It has no openPlace: a case lives in the conversation that
 * it was opened in, because DingTalk lets an app open only groups made from a template. It has no update: a robot's
 * message stays as it is.
 */
export const dingtalkApp: BotPlatform = {
  name: 'dingtalk',
  requiredSecrets: NEEDS,
  hosts: ['api.dingtalk.com', 'oapi.dingtalk.com', 'oapi.dingtalk.io', ...STORAGE_HOSTS],
  open(secrets, runtime) {
    const bot = botOf(secrets);
    const api = openApi(bot, runtime);
    const means = { bot, api, runtime };
    return {
      platform: 'dingtalk',
      receive: (request) => receive(request, bot, runtime.now()),
      send: (card, to, idempotencyKey) => send(card, to, idempotencyKey, means),
      fetchFile: (file, from) => fetchFile(file, from, means),
      sendFile: (file, to) => sendFile(file, to, means),
      findUser: async (handle) => ('mobile' in handle ? lookUp(handle.mobile, api, runtime) : undefined),
      healthCheck: api.knock,
    };
  },
};
