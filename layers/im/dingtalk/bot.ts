import type { BotPlatform } from '../chat-app';
import { API_HOSTS, createApi, findUser, healthCheck, REQUIRED_SECRETS } from './api';
import { fetchFile, STORAGE_HOSTS, sendFile } from './files';
import { receive } from './receive';
import { send } from './send';

/**
 * DingTalk (钉钉), an enterprise-internal robot in HTTP mode. It has no createThread: a case stays in the conversation where
 * it was opened, because DingTalk lets an app create only groups with a template. It has no update: the message of a robot
 * cannot change.
 */
export const dingtalkBot: BotPlatform = {
  name: 'dingtalk',
  requiredSecrets: REQUIRED_SECRETS,
  hosts: [...API_HOSTS, ...STORAGE_HOSTS],
  open(secrets, runtime) {
    const api = createApi(secrets, runtime);
    return {
      platform: 'dingtalk',
      receive: (request) => receive(request, api.robot, runtime.now()),
      send: (card, to, idempotencyKey) => send(api, card, to, idempotencyKey),
      fetchFile: (file, from) => fetchFile(api, file, from),
      sendFile: (file, to) => sendFile(api, file, to),
      findUser: async (handle) => ('mobile' in handle ? findUser(api, handle.mobile) : undefined),
      healthCheck: () => healthCheck(api),
    };
  },
};
