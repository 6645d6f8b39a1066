import type { AppPlatform } from '../chat-app';
import { openApi } from './api';
import { PLATFORM, RESPONSE_HOST } from './message';
import { lookUp, nameOf } from './people';
import { openPlace } from './place';
import { probe } from './probe';
import { receive } from './receive';
import { send } from './send';

/**
 * A Slack app with a bot. Beside what it needs, `teamId` and `appId` can be configured to be checked; in channels shared with
 * other organisations, `teamId` should be.
 */
export const slackApp: AppPlatform = {
  name: PLATFORM,
  needs: ['signingSecret', 'botToken'],
  hosts: ['slack.com', RESPONSE_HOST],
  open(secrets, world) {
    const api = openApi(secrets, world);
    return {
      platform: PLATFORM,
      receive: (request) => receive(request, secrets, world.now()),
      send: (card, to, once) => send(api, card, to, world.now(), once),
      openPlace: (place, from, once) => openPlace(api, place, from, world.now(), once),
      lookUp: (handle) => lookUp(api, handle),
      nameOf: (id) => nameOf(api, id),
      probe: () => probe(api, secrets),
    };
  },
};
