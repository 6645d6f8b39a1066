import type { ChatMessage, Conversation, User } from '../chat-app';
import type { Content } from './content';
import { listAt, textAt, timeAt } from './fields';
import { answerIn } from './session';

/** More are called in no message: "at" takes 50 people. */
const MOST_MENTIONS = 50;

/** A callback, already found to be whole, as what a person said. DingTalk calls only for what is meant for the bot. */
export function messageOf(body: unknown, { text, files }: Content, now: number): ChatMessage {
  const mentions = mentionsIn(body);
  return {
    id: textAt(body, 'msgId'),
    platform: 'dingtalk',
    conversation: conversationOf(body),
    sender: personOf(senderIn(body), textAt(body, 'senderNick')),
    text,
    ...(files.length > 0 && { files }),
    ...(mentions.length > 0 && { mentions }),
    isForBot: true,
    sentAt: timeAt(body, 'createAt') ?? now,
  };
}

/** The user id, which is there once the robot is published; else the id that DingTalk made up for this robot. */
export function senderIn(body: unknown): string {
  return textAt(body, 'senderStaffId') || textAt(body, 'senderId');
}

function conversationOf(body: unknown): Conversation {
  const replyUrl = answerIn(body);
  // Only a user id can be written to later, when the session is over.
  const userId = textAt(body, 'senderStaffId');
  const isGroup = textAt(body, 'conversationType') === '2';
  return {
    id: textAt(body, 'conversationId'),
    kind: isGroup ? 'group' : 'direct',
    ...(!isGroup && userId && { userId }),
    ...(replyUrl && { replyUrl }),
  };
}

/** `atUsers` holds the bot, too. */
function mentionsIn(body: unknown): User[] {
  const bot = textAt(body, 'chatbotUserId');
  const others = listAt(body, 'atUsers').filter((user) => textAt(user, 'dingtalkId') !== bot);
  const ids = others.map((user) => textAt(user, 'staffId') || textAt(user, 'dingtalkId'));
  return [...new Set(ids)]
    .filter((id) => id !== '')
    .slice(0, MOST_MENTIONS)
    .map((id) => ({ id }));
}

function personOf(id: string, name: string): User {
  return { id, ...(name && { name }) };
}
