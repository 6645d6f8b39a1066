import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../errors';
import type { OpenApi } from './api';
import type { Bot } from './bot';
import { listAt } from './fields';
import type { Template } from './template';

const UNKNOWN_PERSON = {
  reason:
    'DingTalk did not tell who this person is; publish a version of the app, and let them write to the robot again',
  code: 'person',
  retryable: false,
};

/** "chatbots-send-one-on-one-chat-messages-in-batches": a call that is done may not have reached anyone. */
const UNREACHED = [
  ['invalidStaffIdList', { reason: 'nobody in the organisation has this user id (any more)', retryable: false }],
  [
    'flowControlledStaffIdList',
    { reason: 'too many messages for this person', retryable: true, retryAfterSeconds: 60, throttled: true },
  ],
] as const;

/** Where something is said: which call does it, and to whom. */
export interface Address {
  path: string;
  whom: Payload;
}

/** Throws DeliveryError where nobody knows whom a direct chat is with. */
export function addressOf({ kind, id, userId }: Conversation): Address {
  if (kind === 'group') return { path: '/v1.0/robot/groupMessages/send', whom: { openConversationId: id } };
  if (!userId) throw new DeliveryError('dingtalk', UNKNOWN_PERSON);
  return { path: '/v1.0/robot/oToMessages/batchSend', whom: { userIds: [userId] } };
}

/** Says it at any time, to a group that the robot is in or to a person. Throws DeliveryError. */
export async function sendOpen(message: Template, { path, whom }: Address, bot: Bot, api: OpenApi): Promise<void> {
  const { body } = await api.post(path, { robotCode: bot.robotCode, ...message, ...whom });
  const unreached = UNREACHED.find(([list]) => listAt(body, list).length > 0);
  if (unreached) throw new DeliveryError('dingtalk', { ...unreached[1], code: unreached[0] });
}
