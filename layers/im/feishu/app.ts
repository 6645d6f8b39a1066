import type { BotPlatform } from '../chat-app';
import { openApi } from './api';
import { HOSTS } from './api-call';
import { fetchFile } from './fetch-file';
import { NEEDS } from './open-callback';
import { lookUp, nameOf } from './people';
import { openPlace } from './place';
import { probe } from './probe';
import { receive } from './receive';
import { send } from './send';
import { sendFile } from './send-file';
import { openSession } from './session';
import { openTransfer } from './transfer';
import { update } from './update';

/**
 * Self-built apps (企业自建应用) of Feishu (飞书) and Lark. Besides what it needs, the secret may hold `encryptKey`, `tenantKey`,
 * and `domain`: `feishu`, or `lark` for open.larksuite.com.
 */
export const feishuApp: BotPlatform = {
  name: 'feishu',
  requiredSecrets: NEEDS,
  hosts: HOSTS,
  open(secrets, runtime) {
    const session = openSession(secrets, runtime);
    const api = openApi(session);
    const transfer = openTransfer(session);
    return {
      platform: 'feishu',
      receive: (request) => receive(request, secrets, runtime.now()),
      send: async (card, to, idempotencyKey) => void (await send(api, card, to, idempotencyKey)),
      createThread: (place, _from, idempotencyKey) => openPlace(api, place, idempotencyKey),
      update: (message, card, at) => update(api, message, card, at),
      fetchFile: (file, from) => fetchFile(transfer, file, from),
      sendFile: (file, to, idempotencyKey) => sendFile(api, transfer, file, to, idempotencyKey),
      findUser: (handle) => lookUp(api, handle),
      getUserName: (id) => nameOf(api, id),
      healthCheck: () => probe(api),
    };
  },
};
