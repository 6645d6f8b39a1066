import type { ChatMessage, Conversation, SharedFile, User } from '../chat-app';
import { listAt, textAt, valueAt } from '../json';
import { isSessionUrl } from './webhook';

/** No message mentions more: "at" takes 50 people. */
const MAX_MENTIONS = 50;

/** What a person wrote and shared. */
export interface Content {
  text: string;
  files: SharedFile[];
}

/** A callback that was verified, as a chat message. DingTalk calls only for messages to the bot. */
export function toMessage(body: unknown, { text, files }: Content, now: number): ChatMessage {
  const mentions = mentionsIn(body);
  const name = textAt(body, 'senderNick');
  return {
    id: textAt(body, 'msgId'),
    platform: 'dingtalk',
    conversation: conversationOf(body),
    sender: { id: senderOf(body), ...(name && { name }) },
    text,
    ...(files.length > 0 && { files }),
    ...(mentions.length > 0 && { mentions }),
    isForBot: true,
    sentAt: timestampAt(body, 'createAt') ?? now,
  };
}

/** The user id, which exists once the robot is published; else the id that DingTalk assigned for this robot. */
export function senderOf(body: unknown): string {
  return textAt(body, 'senderStaffId') || textAt(body, 'senderId');
}

function conversationOf(body: unknown): Conversation {
  const replyUrl = replyUrlIn(body);
  // Only by a user id can a person be written to later, when the session is over.
  const userId = textAt(body, 'senderStaffId');
  const isInGroup = isGroup(body);
  return {
    id: textAt(body, 'conversationId'),
    kind: isInGroup ? 'group' : 'direct',
    ...(!isInGroup && userId && { userId }),
    ...(replyUrl && { replyUrl }),
  };
}

/** The session's webhook, if it is one: the body is not signed. */
function replyUrlIn(body: unknown): Conversation['replyUrl'] {
  const url = textAt(body, 'sessionWebhook');
  const expiresAt = timestampAt(body, 'sessionWebhookExpiredTime');
  return expiresAt !== undefined && isSessionUrl(url) ? { url, expiresAt } : undefined;
}

/** `atUsers` contains the bot, too. */
function mentionsIn(body: unknown): User[] {
  const bot = textAt(body, 'chatbotUserId');
  const others = listAt(body, 'atUsers').filter((user) => textAt(user, 'dingtalkId') !== bot);
  const ids = others.map((user) => textAt(user, 'staffId') || textAt(user, 'dingtalkId')).filter((id) => id !== '');
  return [...new Set(ids)].slice(0, MAX_MENTIONS).map((id) => ({ id }));
}

function isGroup(body: unknown): boolean {
  return textAt(body, 'conversationType') === '2';
}

/** In ms since 1970, which the documents have as a number and as a text; undefined for anything else. */
function timestampAt(body: unknown, name: string): number | undefined {
  const value = valueAt(body, name);
  const time = typeof value === 'string' && /^\d{13}$/.test(value) ? Number(value) : value;
  return typeof time === 'number' && time >= 1e12 && time < 1e13 ? time : undefined;
}

/**
 * By msgtype: documents "receive-message" and "robot-message-type". In groups, only text, picture and richText are ever
 * delivered.
 */
const MESSAGE_TYPES: Readonly<Record<string, (body: unknown) => Content>> = {
  text: (body) => ({ text: textOf(body), files: filesInQuote(body) }),
  richText: parseRichText,
  picture: (body) => ({ text: '', files: sharedFiles(valueAt(body, 'content'), 'image') }),
  audio: (body) => ({
    text: textAt(body, 'content', 'recognition').trim(),
    files: sharedFiles(valueAt(body, 'content'), 'file'),
  }),
  video: (body) => ({ text: '', files: sharedFiles(valueAt(body, 'content'), 'file', videoName(body)) }),
  file: (body) => ({ text: '', files: sharedFiles(valueAt(body, 'content'), 'file') }),
};

/** The content of a callback; undefined for a kind of message that is undocumented. */
export function parseContent(body: unknown): Content | undefined {
  const type = textAt(body, 'msgtype');
  return Object.hasOwn(MESSAGE_TYPES, type) ? MESSAGE_TYPES[type]?.(body) : undefined;
}

/** One page ("robot-receive-message") has the text at the top, all others below `text`; the mention leaves a space. */
function textOf(body: unknown): string {
  return (textAt(body, 'text', 'content') || textAt(body, 'content')).trim();
}

/** Unlike a text, a rich text of a group keeps the mention of the bot, as its first word; only that word is removed. */
function parseRichText(body: unknown): Content {
  const pieces = listAt(body, 'content', 'richText');
  const text = pieces.map((piece) => (downloadCode(piece) ? '\n' : textAt(piece, 'text'))).join('');
  const typed = isGroup(body) ? text.replace(/^\s*@\S+/, '') : text;
  return { text: typed.trim(), files: pieces.flatMap((piece) => sharedFiles(piece, 'image')) };
}

/**
 * The files of the message that this one replies to: the only way for a file of a group to reach a robot. It is
 * undocumented; three projects of 2026 read it like this (`repliedMsg`, with a `msgType` and the `content` of a callback).
 */
function filesInQuote(body: unknown): SharedFile[] {
  const message = valueAt(body, 'text', 'repliedMsg');
  const content = valueAt(message, 'content');
  const pictures = listAt(content, 'richText').flatMap((piece) => sharedFiles(piece, 'image'));
  return [...sharedFiles(content, textAt(message, 'msgType') === 'picture' ? 'image' : 'file'), ...pictures];
}

/** A video comes without a name, only with its format. */
function videoName(body: unknown): string {
  const extension = textAt(body, 'content', 'videoType');
  return /^\w{1,8}$/.test(extension) ? `video.${extension}` : '';
}

function sharedFiles(content: unknown, kind: SharedFile['kind'], defaultName = ''): SharedFile[] {
  const key = downloadCode(content);
  const name = textAt(content, 'fileName') || defaultName;
  return key ? [{ key, kind, ...(name && { name }) }] : [];
}

/** `downloadCode` is documented; some logs have pictures with `pictureDownloadCode`. */
function downloadCode(content: unknown): string {
  return textAt(content, 'downloadCode') || textAt(content, 'pictureDownloadCode');
}
