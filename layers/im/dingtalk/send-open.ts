import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { DeliveryError } from '../delivery';
import type { OpenApi } from './api';
import type { Bot } from './bot';
import { listAt } from './fields';
import { templateOf } from './template';

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
    { reason: 'too many messages for this person', retryable: true, retryAfter: 60, throttled: true },
  ],
] as const;

/** Says it at any time, to a group that the robot is in or to a person. Throws DeliveryError. */
export async function sendOpen(payload: Payload, to: Conversation, { robotCode }: Bot, api: OpenApi): Promise<void> {
  const message = { robotCode, ...templateOf(payload) };
  if (to.kind === 'group') {
    await api.post('/v1.0/robot/groupMessages/send', { ...message, openConversationId: to.id });
    return;
  }
  if (!to.person) throw new DeliveryError('dingtalk', UNKNOWN_PERSON);
  const { body } = await api.post('/v1.0/robot/oToMessages/batchSend', { ...message, userIds: [to.person] });
  const unreached = UNREACHED.find(([list]) => listAt(body, list).length > 0);
  if (unreached) throw new DeliveryError('dingtalk', { ...unreached[1], code: unreached[0] });
}
