import type { AppPlatform } from '../chat-app';
import { openApi } from './api';
import { fetchFile } from './fetch-file';
import { PLATFORM, RESPONSE_HOST } from './message';
import { lookUp, nameOf } from './people';
import { openPlace } from './place';
import { probe } from './probe';
import { receive } from './receive';
import { send } from './send';
import { sendFile } from './send-file';
import { FILE_EDGE, FILE_HOST, openTransfer } from './transfer';
import { update } from './update';

/**
 * A Slack app with a bot. Beside what it needs, `teamId` and `appId` can be configured to be checked; in channels shared with
 * other organisations, `teamId` should be.
 */
export const slackApp: AppPlatform = {
  name: PLATFORM,
  needs: ['signingSecret', 'botToken'],
  hosts: ['slack.com', RESPONSE_HOST, FILE_HOST, FILE_EDGE],
  open(secrets, world) {
    const api = openApi(secrets, world);
    const transfer = openTransfer(secrets, world);
    return {
      platform: PLATFORM,
      receive: (request) => receive(request, secrets, world.now()),
      send: (card, to, once, again) => send(api, card, to, world.now(), once, again),
      openPlace: (place, from, once) => openPlace(api, place, from, world.now(), once),
      update: (message, card, at) => update(api, message, card, at),
      fetchFile: (file) => fetchFile(api, transfer, file),
      sendFile: (file, to, _, again) => sendFile(api, transfer, file, to, world.now(), again),
      lookUp: (handle) => lookUp(api, handle),
      nameOf: (id) => nameOf(api, id),
      probe: () => probe(api, secrets),
    };
  },
};
