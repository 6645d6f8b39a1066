import type { BotPlatform } from '../chat-app';
import { createSlackApi, findUser, getUserName, healthCheck } from './api';
import { PLATFORM } from './errors';
import { createFileTransfer, FILE_EDGE_HOSTS, FILE_HOST, fetchFile, sendFile } from './files';
import { receive } from './receive';
import { RESPONSE_HOST } from './receive-message';
import { createThread, send, update } from './send';

/**
 * A Slack app with a bot. In addition to the required secrets, `teamId` and `appId` can be configured to be checked; in channels
 * shared with other organisations, `teamId` should be.
 */
export const slackBot: BotPlatform = {
  name: PLATFORM,
  requiredSecrets: ['signingSecret', 'botToken'],
  hosts: ['slack.com', RESPONSE_HOST, FILE_HOST, FILE_EDGE_HOSTS],
  open(secrets, runtime) {
    const api = createSlackApi(secrets, runtime);
    const transfer = createFileTransfer(secrets, runtime);
    const context = () => ({ api, now: runtime.now() });
    return {
      platform: PLATFORM,
      receive: (request) => receive(request, secrets, runtime.now()),
      send: (card, to, idempotencyKey, isRetry) => send(context(), card, to, { idempotencyKey, isRetry }),
      createsThreadsInConversation: true,
      createThread: (request, from, idempotencyKey) => createThread(context(), request, from, idempotencyKey),
      update: (message, card, at) => update(context(), message, card, at),
      fetchFile: (file) => fetchFile(context(), transfer, file),
      sendFile: (file, to, _, isRetry) => sendFile(context(), transfer, file, { to, isRetry }),
      findUser: (handle) => findUser(api, handle),
      getUserName: (id) => getUserName(api, id),
      healthCheck: () => healthCheck(api, secrets),
    };
  },
};
