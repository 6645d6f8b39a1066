import type { ChatMessage, User } from '../chat-app';
import { readContent } from './content';
import { isId, listInside, textInside } from './inside';
import type { Opened } from './open-callback';
import { timeOf } from './time';

export type Event = Extract<Opened, { kind: 'event' }>;

/** Why a callback holds nothing to answer. */
export interface Nothing {
  reason: string;
}

interface Mention {
  key: string;
  person: User;
  isBot: boolean;
}

const PLACEHOLDER = /@_(?:user_\d+|all)( ?)/g;

/**
 * Reads im.message.receive_v1: page "接收消息" of open.feishu.cn. Two deliveries of a message share their message_id, and not
 * always their event_id. Threads are left alone: a press does not say in which it was, so one case would have two places.
 */
export function readMessage({ event, tenant, sentAt }: Event): ChatMessage | Nothing {
  const id = textInside(event, 'message', 'message_id');
  const chat = textInside(event, 'message', 'chat_id');
  const sender = textInside(event, 'sender', 'sender_id', 'open_id');
  const stranger = strangerIn(event, tenant);
  if (stranger) return { reason: stranger };
  if (![id, chat, sender].every(isId)) return { reason: 'a message without ids' };
  const type = textInside(event, 'message', 'message_type');
  const content = readContent(type, textInside(event, 'message', 'content'));
  if (!content) return { reason: `a message of the kind ${shown(type)}, in which there is nothing to read` };
  const mentions = listInside(event, 'message', 'mentions').map(readMention);
  const others = mentions.filter(({ isBot, person }) => !isBot && isId(person.id)).map(({ person }) => person);
  const isDirect = textInside(event, 'message', 'chat_type') === 'p2p';
  return {
    id,
    platform: 'feishu',
    conversation: { id: chat, ...(isDirect ? { kind: 'direct', userId: sender } : { kind: 'group' }) },
    sender: { id: sender },
    text: withNames(content.text, mentions),
    ...(content.files.length > 0 && { files: content.files }),
    ...(others.length > 0 && { mentions: others }),
    isForBot: isDirect || mentions.some(({ isBot }) => isBot),
    sentAt: timeOf(textInside(event, 'message', 'create_time')) || sentAt,
  };
}

/** For a log: a word of theirs, kept short. */
export function shown(word: string): string {
  return /^[\w.]{1,60}$/.test(word) ? word : '?';
}

function strangerIn(event: unknown, tenant: string): string | undefined {
  const type = textInside(event, 'sender', 'sender_type');
  if (type !== 'user') return `from a sender of the type ${shown(type)}, not from a person`;
  const home = textInside(event, 'sender', 'tenant_key');
  return home === tenant ? undefined : 'from somebody of another organisation';
}

function readMention(mention: unknown): Mention {
  const id = textInside(mention, 'id', 'open_id');
  const name = textInside(mention, 'name');
  return { key: textInside(mention, 'key'), person: { id, ...(name && { name }) }, isBot: isBot(mention) };
}

/**
 * `mentioned_type` is documented as `user` or `bot`; which bot, nobody says, because the bot's own id is not in the event.
 * Events from before it existed (2025) tell a bot only by its lack of a user_id, which people have where the app may see it.
 */
function isBot(mention: unknown): boolean {
  const type = textInside(mention, 'mentioned_type');
  if (type) return type === 'bot' || type === 'app';
  return textInside(mention, 'key') !== '@_all' && textInside(mention, 'id', 'user_id') === '';
}

/** Without the bot, and with the names of the others in place of `@_user_1`. */
function withNames(text: string, mentions: readonly Mention[]): string {
  const named = text.replace(PLACEHOLDER, (key, space: string) => {
    const mention = mentions.find((each) => each.key === key.trimEnd());
    if (mention?.isBot) return '';
    const name = mention?.person.name ?? (key.startsWith('@_all') ? 'all' : undefined);
    return name === undefined ? key : `@${name}${space}`;
  });
  return named.trim();
}
