import type { ApiCall, Workplace, WorkplaceOptions } from '../workplace';
import { openHands } from './act';
import { openBoard } from './board';
import { answerCall, type Desk } from './desk';
import { openSessions, openTokens } from './keys';
import { found, SECRETS } from './organisation';
import { openCourier } from './push';
import { isRefusal } from './refusal';
import { failureOf, openTroubles } from './trouble';

const API = ['api.dingtalk.com', 'api.dingtalk.io'];
const OLDER_API = ['oapi.dingtalk.com', 'oapi.dingtalk.io'];

/** An organisation on DingTalk with our robot in it, in HTTP mode. */
export function openWorkplace(options: WorkplaceOptions): Workplace {
  const organisation = found();
  const board = openBoard(options);
  const sessions = openSessions(options.now);
  const courier = openCourier(options);
  const desk = { organisation, board, sessions, tokens: openTokens(options.now), memories: new Map() };
  const troubles = openTroubles();
  const refusals: { path: string; status: number; body: unknown }[] = [];
  return {
    platform: 'dingtalk',
    secrets: SECRETS,
    ...organisation,
    deliveries: courier.deliveries,
    refusals,
    trouble: troubles.add,
    // The console takes any address for an answer: nothing is documented about it trying one out for a robot.
    async subscribe(url) {
      if (!URL.canParse(url) || !/^https?:/.test(url)) throw new Error('The message address is not a url.');
      courier.subscribe(url);
    },
    // A custom robot's webhook belongs to a room.
    owns: ({ hostname, pathname }) =>
      API.includes(hostname) || (OLDER_API.includes(hostname) && pathname !== '/robot/send'),
    async answer(call) {
      const trouble = troubles.take(call.url.pathname);
      if (trouble === 'hang') return 'silent';
      const reply = trouble === 'error' || trouble === 'throttle' ? failureOf(trouble, call.url) : answerOf(call, desk);
      if (isRefusal(reply)) refusals.push({ path: call.url.pathname, ...reply });
      return trouble === 'lost' ? 'cut' : reply;
    },
    ...openHands({ organisation, board, sessions, courier, options }),
    async close() {
      courier.close();
    },
  };
}

function answerOf(call: ApiCall, desk: Desk) {
  const { status, body } = answerCall(call, desk);
  return { status, body };
}
