import type { AppPlatform } from '../chat-app';
import { HOSTS, openApi } from './api';
import { NEEDS } from './open-callback';
import { lookUp, nameOf } from './people';
import { openPlace } from './place';
import { probe } from './probe';
import { receive } from './receive';
import { send } from './send';

/**
 * Self-built apps (企业自建应用) of Feishu (飞书) and Lark. Besides what it needs, the secret may hold `encryptKey`, `tenantKey`,
 * and `domain`: `feishu`, or `lark` for open.larksuite.com.
 */
export const feishuApp: AppPlatform = {
  name: 'feishu',
  needs: NEEDS,
  hosts: HOSTS,
  open(secrets, world) {
    const api = openApi(secrets, world);
    return {
      platform: 'feishu',
      receive: (request) => receive(request, secrets, world.now()),
      send: (card, to, once) => send(api, card, to, once),
      openPlace: (place, _from, once) => openPlace(api, place, once),
      lookUp: (handle) => lookUp(api, handle),
      nameOf: (id) => nameOf(api, id),
      probe: () => probe(api),
    };
  },
};
