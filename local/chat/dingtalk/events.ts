import type { Json } from '../json';
import type { Conversation, SignedCallback, User } from '../workspace';
import { BOT, dingtalkIdOf, OTHER_CORP_ID, SECRETS } from './state';
import type { Session } from './tokens';
import { signatureOf } from './webhook-response';

export interface UserMessage {
  readonly id: string;
  readonly at: number;
  readonly by: User;
  readonly conversation: Conversation;
  /** `msgtype` and its fields. */
  readonly content: Json;
  /** Without the robot. */
  readonly mentioned: readonly User[];
  readonly session: Session;
}

/** The body of a robot's callback: "receive-message", "robot-message-type". A guest has no user id, and another corpId. */
export function messageEvent({ id, at, by, conversation, content, mentioned, session }: UserMessage): Json {
  const isGroup = conversation.kind === 'group';
  return {
    senderPlatform: 'Mac',
    conversationId: conversation.id,
    conversationType: isGroup ? '2' : '1',
    ...(isGroup && {
      conversationTitle: conversation.name,
      isInAtList: true,
      atUsers: [{ dingtalkId: BOT.dingtalkId }, ...mentioned.map(atUser)],
    }),
    chatbotCorpId: SECRETS.corpId,
    chatbotUserId: BOT.dingtalkId,
    robotCode: SECRETS.appKey,
    msgId: id,
    createAt: at,
    senderNick: by.name,
    senderId: dingtalkIdOf(by),
    senderCorpId: by.external ? OTHER_CORP_ID : SECRETS.corpId,
    ...(!by.external && { senderStaffId: by.id, isAdmin: false }),
    sessionWebhook: session.url,
    sessionWebhookExpiredTime: session.expiresAt,
    ...content,
  };
}

/** The headers of "receive-message": the signature covers only the time in milliseconds. */
export function signCallback(body: Json, now: number): SignedCallback {
  const sign = signatureOf(`${now}`, SECRETS.appSecret);
  const headers = { 'content-type': 'application/json; charset=utf-8', timestamp: `${now}`, sign };
  return { headers, body: JSON.stringify(body) };
}

/** "atUsers": a user of another organization has an empty `staffId`. */
function atUser(user: User) {
  return { dingtalkId: dingtalkIdOf(user), staffId: user.external ? '' : user.id };
}
