import type { Json } from '../json';
import type { Conversation, SignedCallback, User } from '../workspace';
import { signatureOf } from './answer';
import { BOT, dingtalkIdOf, ELSEWHERE, SECRETS } from './organisation';

/** What is said, in the words of a callback: `msgtype` and what belongs to it. */
export interface Said {
  id: string;
  at: number;
  by: User;
  talk: Conversation;
  content: Json;
  /** Called besides the robot. */
  called: readonly User[];
  session: { url: string; until: number };
}

/**
 * The body of a robot's callback: "receive-message" and "robot-message-type". A guest has no user id here, and another
 * corpId.
 */
export function bodyOf({ id, at, by, talk, content, called, session }: Said): Json {
  const inGroup = talk.kind === 'group';
  return {
    senderPlatform: 'Mac',
    conversationId: talk.id,
    conversationType: inGroup ? '2' : '1',
    ...(inGroup && {
      conversationTitle: talk.name,
      isInAtList: true,
      atUsers: [{ dingtalkId: BOT.dingtalkId }, ...called.map(calledAs)],
    }),
    chatbotCorpId: SECRETS.corpId,
    chatbotUserId: BOT.dingtalkId,
    robotCode: SECRETS.appKey,
    msgId: id,
    createAt: at,
    senderNick: by.name,
    senderId: dingtalkIdOf(by),
    senderCorpId: by.external ? ELSEWHERE : SECRETS.corpId,
    ...(!by.external && { senderStaffId: by.id, isAdmin: false }),
    sessionWebhook: session.url,
    sessionWebhookExpiredTime: session.until,
    ...content,
  };
}

/** Headers of "receive-message": the signature is over the time in milliseconds, and over nothing else. */
export function sign(body: Json, now: number): SignedCallback {
  return {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      timestamp: `${now}`,
      sign: signatureOf(`${now}`, SECRETS.appSecret),
    },
    body: JSON.stringify(body),
  };
}

/** "atUsers": for somebody of another organisation `staffId` is empty. */
function calledAs(person: User) {
  return { dingtalkId: dingtalkIdOf(person), staffId: person.external ? '' : person.id };
}
