import type { BotPlatform } from '../chat-app';
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
export const slackBot: BotPlatform = {
  name: PLATFORM,
  requiredSecrets: ['signingSecret', 'botToken'],
  hosts: ['slack.com', RESPONSE_HOST, FILE_HOST, FILE_EDGE],
  open(secrets, runtime) {
    const api = openApi(secrets, runtime);
    const transfer = openTransfer(secrets, runtime);
    return {
      platform: PLATFORM,
      receive: (request) => receive(request, secrets, runtime.now()),
      send: (card, to, idempotencyKey, isRetry) => send(api, card, to, runtime.now(), idempotencyKey, isRetry),
      createThread: (place, from, idempotencyKey) => openPlace(api, place, from, runtime.now(), idempotencyKey),
      update: (message, card, at) => update(api, message, card, at),
      fetchFile: (file) => fetchFile(api, transfer, file),
      sendFile: (file, to, _, isRetry) => sendFile(api, transfer, file, to, runtime.now(), isRetry),
      findUser: (handle) => lookUp(api, handle),
      getUserName: (id) => nameOf(api, id),
      healthCheck: () => probe(api, secrets),
    };
  },
};
