import type { ChatMessage, SharedFile, User } from '../chat-app';
import { isJsonRecord, type JsonRecord, listAt, parseJsonRecord, textAt, valueAt } from '../json';
import { isId } from './api';
import { readButtonValue, readFormValues } from './controls';

/** A callback that was verified. */
export interface CallbackEvent {
  type: string;
  id: string;
  tenant: string;
  /** In ms since 1970. */
  sentAt: number;
  event: unknown;
}

/** A reason, for the log, why an event contains no message for the bot. */
export interface Skipped {
  reason: string;
}

export type ReadEvent = (event: CallbackEvent) => ChatMessage | Skipped;

interface Mention {
  key: string;
  user: User;
  isBot: boolean;
}

/** What a person wrote and shared; mentions in it are still `@_user_1`. */
interface Content {
  text: string;
  files: SharedFile[];
}

const MENTION_KEY = /@_(?:user_\d+|all)( ?)/g;

/**
 * Reads im.message.receive_v1 (page "接收消息" of open.feishu.cn). Two deliveries of a message share their message_id, and not
 * always their event_id. Threads are ignored: a press does not contain its thread, so one case would have two conversations.
 */
export const parseMessage: ReadEvent = ({ event, tenant, sentAt }) => {
  const id = textAt(event, 'message', 'message_id');
  const chat = textAt(event, 'message', 'chat_id');
  const sender = textAt(event, 'sender', 'sender_id', 'open_id');
  const foreign = foreignSender(event, tenant);
  if (foreign) return { reason: foreign };
  if (![id, chat, sender].every(isId)) return { reason: 'a message without ids' };
  const type = textAt(event, 'message', 'message_type');
  const content = parseContent(type, textAt(event, 'message', 'content'));
  if (!content) return { reason: `a message of the kind ${toLogWord(type)}, in which there is nothing to read` };
  const mentions = listAt(event, 'message', 'mentions').map(parseMention);
  const others = mentions.filter(({ isBot, user }) => !isBot && isId(user.id)).map(({ user }) => user);
  const isDirect = textAt(event, 'message', 'chat_type') === 'p2p';
  return {
    id,
    platform: 'feishu',
    conversation: { id: chat, ...(isDirect ? { kind: 'direct', userId: sender } : { kind: 'group' }) },
    sender: { id: sender },
    text: withNames(content.text, mentions),
    ...(content.files.length > 0 && { files: content.files }),
    ...(others.length > 0 && { mentions: others }),
    isForBot: isDirect || mentions.some(({ isBot }) => isBot),
    sentAt: parseTimestamp(textAt(event, 'message', 'create_time')) || sentAt,
  };
};

/** Reads card.action.trigger (page "卡片回传交互回调" of open.feishu.cn). It has no id but the event's, and is not redelivered. */
export const parsePress: ReadEvent = ({ event, id, tenant, sentAt }) => {
  if (textAt(event, 'operator', 'tenant_key') !== tenant)
    return { reason: 'pressed by a person of another organisation' };
  const userId = textAt(event, 'operator', 'open_id');
  const chat = textAt(event, 'context', 'open_chat_id');
  if (![id, userId, chat].every(isId)) return { reason: 'a press without ids' };
  const action = valueAt(event, 'action');
  const value = readButtonValue(action);
  if (!value) return { reason: 'a press of a control that is not ours' };
  const fields = readFormValues(action);
  return {
    id,
    platform: 'feishu',
    conversation: { id: chat, ...(value.chat === 'direct' ? { kind: 'direct', userId } : { kind: 'group' }) },
    sender: { id: userId },
    text: value.command,
    ...(fields && { fields }),
    isForBot: true,
    sentAt,
  };
};

/** In ms since 1970, NaN where it is none: messages have milliseconds, card callbacks microseconds. */
export function parseTimestamp(text: string): number {
  if (/^\d{16}$/.test(text)) return Math.floor(Number(text) / 1000);
  return /^\d{13}$/.test(text) ? Number(text) : Number.NaN;
}

/** A word of the request, short enough and safe for a log. */
export function toLogWord(word: string): string {
  return /^[\w.]{1,60}$/.test(word) ? word : '?';
}

function foreignSender(event: unknown, tenant: string): string | undefined {
  const type = textAt(event, 'sender', 'sender_type');
  if (type !== 'user') return `from a sender of the type ${toLogWord(type)}, not from a person`;
  return textAt(event, 'sender', 'tenant_key') === tenant ? undefined : 'from a person of another organisation';
}

function parseMention(mention: unknown): Mention {
  const id = textAt(mention, 'id', 'open_id');
  const name = textAt(mention, 'name');
  return { key: textAt(mention, 'key'), user: { id, ...(name && { name }) }, isBot: isBotMention(mention) };
}

/**
 * `mentioned_type` is documented as `user` or `bot`; which bot is unknown, because the bot's own id is not in the event.
 * Older events (2025) have no such field: there a bot is who has no user_id, which people have where the app may see it.
 */
function isBotMention(mention: unknown): boolean {
  const type = textAt(mention, 'mentioned_type');
  if (type) return type === 'bot' || type === 'app';
  return textAt(mention, 'key') !== '@_all' && textAt(mention, 'id', 'user_id') === '';
}

/** The text without the bot, and with the names of the others in place of `@_user_1`. */
function withNames(text: string, mentions: readonly Mention[]): string {
  const named = text.replace(MENTION_KEY, (key, space: string) => {
    const mention = mentions.find((each) => each.key === key.trimEnd());
    if (mention?.isBot) return '';
    const name = mention?.user.name ?? (key.startsWith('@_all') ? 'all' : undefined);
    return name === undefined ? key : `@${name}${space}`;
  });
  return named.trim();
}

const MESSAGE_TYPES: Readonly<Record<string, (content: JsonRecord) => Content>> = {
  text: (content) => ({ text: textAt(content, 'text'), files: [] }),
  post: parsePost,
  image: (content) => ({ text: '', files: sharedImages(content) }),
  file: (content) => ({ text: '', files: sharedFiles(content) }),
  audio: (content) => ({ text: '', files: sharedFiles(content) }),
  media: (content) => ({ text: '', files: sharedFiles(content) }),
};

/** The parts of a paragraph of a post: page "接收消息内容结构" of open.feishu.cn. */
const POST_TAGS: Readonly<Record<string, (run: unknown) => string>> = {
  at: (run) => textAt(run, 'user_id'),
  a: formatLink,
  emotion: (run) => `[${textAt(run, 'emoji_type')}]`,
  hr: () => '---',
  img: () => '',
  media: () => '',
};

/** The content of a message, which is JSON within JSON; undefined where its type is not supported or it is malformed. */
function parseContent(type: string, json: string): Content | undefined {
  const content = parseJsonRecord(json);
  const parse = Object.hasOwn(MESSAGE_TYPES, type) ? MESSAGE_TYPES[type] : undefined;
  return content && parse?.(content);
}

/** A received post is flat; one that was sent in several languages has one of them (`zh_cn`) in between. */
function parsePost(content: JsonRecord): Content {
  const post = 'content' in content ? content : Object.values(content).find(isJsonRecord);
  const paragraphs = listAt(post, 'content').map((paragraph) => (Array.isArray(paragraph) ? paragraph : []));
  const lines = paragraphs.map((runs) => runs.map(formatRun).join(''));
  const title = textAt(post, 'title');
  const text = [...(title ? [title] : []), ...lines].join('\n');
  return { text, files: paragraphs.flat().flatMap(filesInRun) };
}

function formatRun(run: unknown): string {
  const tag = textAt(run, 'tag');
  const format = Object.hasOwn(POST_TAGS, tag) ? POST_TAGS[tag] : undefined;
  return format ? format(run) : textAt(run, 'text');
}

function formatLink(run: unknown): string {
  const label = textAt(run, 'text');
  const url = textAt(run, 'href');
  return !url || label === url ? label : `${label} ${url}`.trim();
}

function filesInRun(run: unknown): SharedFile[] {
  const tag = textAt(run, 'tag');
  if (tag === 'img') return sharedImages(run);
  return tag === 'media' ? sharedFiles(run) : [];
}

function sharedImages(content: unknown): SharedFile[] {
  const key = textAt(content, 'image_key');
  return isId(key) ? [{ key, kind: 'image' }] : [];
}

/** Also voice and video: the platform returns them as files. */
function sharedFiles(content: unknown): SharedFile[] {
  const key = textAt(content, 'file_key');
  const name = textAt(content, 'file_name');
  return isId(key) ? [{ key, kind: 'file', ...(name && { name }) }] : [];
}
