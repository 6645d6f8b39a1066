import type { AppPlatform } from '../chat-app';
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
export const feishuApp: AppPlatform = {
  name: 'feishu',
  needs: NEEDS,
  hosts: HOSTS,
  open(secrets, world) {
    const session = openSession(secrets, world);
    const api = openApi(session);
    const transfer = openTransfer(session);
    return {
      platform: 'feishu',
      receive: (request) => receive(request, secrets, world.now()),
      send: async (card, to, once) => void (await send(api, card, to, once)),
      openPlace: (place, _from, once) => openPlace(api, place, once),
      update: (message, card, at) => update(api, message, card, at),
      fetchFile: (file, from) => fetchFile(transfer, file, from),
      sendFile: (file, to, once) => sendFile(api, transfer, file, to, once),
      lookUp: (handle) => lookUp(api, handle),
      nameOf: (id) => nameOf(api, id),
      probe: () => probe(api),
    };
  },
};
