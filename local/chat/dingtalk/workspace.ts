import type { Workspace, WorkspaceOptions } from '../workspace';
import { openHands } from './act';
import { openBoard } from './board';
import { answerCall } from './desk';
import { openSessions, openTokens } from './keys';
import { openMedia } from './media';
import { found, SECRETS } from './organisation';
import { openCourier } from './push';
import { isRefusal } from './refusal';
import { openStorage, STORAGE } from './storage';
import { failureOf, openTroubles } from './trouble';

const API = ['api.dingtalk.com', 'api.dingtalk.io'];
const OLDER_API = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

/** An organisation on DingTalk with our robot in it, in HTTP mode. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const organisation = found();
  const board = openBoard(options);
  const sessions = openSessions(options.now);
  const courier = openCourier(options);
  const storage = openStorage(options.now);
  const media = openMedia(options.now);
  const tokens = openTokens(options.now);
  const desk = { organisation, board, sessions, storage, media, tokens, memories: new Map() };
  const troubles = openTroubles();
  const rejections: { path: string; status: number; body: unknown }[] = [];
  return {
    platform: 'dingtalk',
    secrets: SECRETS,
    users: organisation.people,
    conversations: organisation.talks,
    deliveries: courier.deliveries,
    rejections,
    injectFault: troubles.add,
    // The console takes any address for an answer: nothing is documented about it trying one out for a robot.
    async subscribe(url) {
      if (!URL.canParse(url) || !/^https?:/.test(url)) throw new Error('The message address is not a url.');
      courier.subscribe(url);
    },
    // A custom robot's webhook belongs to a room.
    owns: ({ hostname, pathname }) =>
      API.includes(hostname) || hostname === STORAGE || (OLDER_API.includes(hostname) && pathname !== '/robot/send'),
    async handleApiRequest(call) {
      const trouble = troubles.take(call.url.pathname);
      if (trouble === 'hang') return 'silent';
      const reply =
        trouble === 'error' || trouble === 'throttle' ? failureOf(trouble, call.url) : answerCall(call, desk);
      if (isRefusal(reply)) rejections.push({ path: call.url.pathname, status: reply.status, body: reply.body });
      return trouble === 'lost' ? 'cut' : reply;
    },
    ...openHands({ organisation, board, sessions, storage, courier, options }),
    async close() {
      courier.close();
    },
  };
}
