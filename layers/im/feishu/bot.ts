import type { BotPlatform } from '../chat-app';
import { API_HOSTS, createApi, findUser, getUserName, healthCheck, REQUIRED_SECRETS } from './api';
import { fetchFile, sendFile } from './files';
import { receive } from './receive';
import { createThread, send, update } from './send';

/**
 * Self-built apps (企业自建应用) of Feishu (飞书) and Lark. In addition to the required secrets there may be `encryptKey`,
 * `tenantKey`, and `domain`: `feishu`, or `lark` for open.larksuite.com.
 */
export const feishuBot: BotPlatform = {
  name: 'feishu',
  requiredSecrets: REQUIRED_SECRETS,
  hosts: API_HOSTS,
  open(secrets, runtime) {
    const api = createApi(secrets, runtime);
    return {
      platform: 'feishu',
      receive: (request) => receive(request, secrets, runtime.now()),
      send: async (card, to, idempotencyKey) => void (await send(api, card, to, idempotencyKey)),
      createThread: (thread, _from, idempotencyKey) => createThread(api, thread, idempotencyKey),
      update: (message, card, at) => update(api, message, card, at),
      fetchFile: (file, from) => fetchFile(api, file, from),
      sendFile: (file, to, idempotencyKey) => sendFile(api, file, to, idempotencyKey),
      findUser: (handle) => findUser(api, handle),
      getUserName: (id) => getUserName(api, id),
      healthCheck: () => healthCheck(api),
    };
  },
};
