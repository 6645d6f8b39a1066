import { type Json, objectsAt, textAt } from '../json';
import type { Conversation, Post, WorkspaceOptions } from '../workspace';
import { controlsIn, withIds } from './controls';
import { createFileStore, type FileStore } from './file-store';
import { CHANNEL, CHANNEL_NAME, directId, USERS } from './organization';
import { view } from './webhook-view';

export interface SlackMessage {
  /** Time and id: seconds with microseconds. */
  readonly ts: string;
  readonly channel: string;
  /** The `ts` of the first message of its thread. */
  readonly thread?: string;
  /** A user id, or `bot`. */
  readonly by: string;
  /** Text, blocks, attachments, metadata and files. */
  readonly payload: Json;
}

/** What differs between two callbacks: a number, and the time in milliseconds. */
export interface Stamp {
  readonly number: number;
  readonly now: number;
}

export interface SlackState {
  readonly conversations: Conversation[];
  readonly messages: SlackMessage[];
  readonly files: FileStore;
  /** Channels that the bot has left. */
  readonly withoutBot: Set<string>;
  /** The channel of a conversation, and the thread if it is one. Throws if there is none. */
  find(conversation: string): { channel: Conversation; thread?: string };
  add(message: Omit<SlackMessage, 'ts'>): SlackMessage;
  /** Replaces the message of the same `ts`. */
  replace(message: SlackMessage): SlackMessage;
  nextStamp(): Stamp;
}

export function createState({ now, onChange }: WorkspaceOptions): SlackState {
  const conversations = createConversations();
  const messages: SlackMessage[] = [];
  const files = createFileStore(now);
  const nextTs = createClock(now);
  const byId = (id: string) => conversations.find((each) => each.id === id);
  let stamps = 0;

  return {
    ...{ conversations, messages, files, withoutBot: new Set<string>() },
    nextStamp: () => ({ number: ++stamps, now: now() }),
    find(id) {
      const root = messages.find(({ ts, thread }) => ts === id && !thread);
      const channel = byId(root?.channel ?? id);
      if (!channel) throw new Error(`There is no conversation ${id}.`);
      return { channel, ...(root && { thread: root.ts }) };
    },
    add({ payload, ...rest }) {
      const message = { ...rest, payload: withIds(payload), ts: nextTs() };
      const channel = byId(message.channel);
      if (!channel) throw new Error(`There is no channel ${message.channel}.`);
      messages.push(message);
      const conversation = message.thread ? threadIn(channel, message.thread, conversations) : channel;
      conversation.posts.push(postOf(message, now(), files));
      onChange(conversation);
      return message;
    },
    replace(changed) {
      const message = { ...changed, payload: withIds(changed.payload) };
      messages[messages.findIndex(({ ts }) => ts === message.ts)] = message;
      for (const conversation of conversations) {
        const at = conversation.posts.findIndex(({ id }) => id === message.ts);
        const before = conversation.posts[at];
        if (!before) continue;
        conversation.posts[at] = postOf(message, before.at, files);
        onChange(conversation);
      }
      return message;
    },
  };
}

function createConversations(): Conversation[] {
  const members = USERS.map(({ id }) => id);
  const group = { id: CHANNEL, kind: 'group' as const, name: `#${CHANNEL_NAME}`, members };
  const directs = USERS.map(({ id, name }) => ({ id: directId(id), kind: 'direct' as const, name, members: [id] }));
  return [group, ...directs].map((conversation) => ({ ...conversation, tabs: [], posts: [] }));
}

/** The thread of a message; created if it is new. */
function threadIn(channel: Conversation, ts: string, conversations: Conversation[]): Conversation {
  const known = conversations.find(({ id }) => id === ts);
  if (known) return known;
  const root = channel.posts.find(({ id }) => id === ts);
  const name = `${channel.name} › ${root?.view.title || root?.view.lines[0] || ts}`;
  const { members, id: parent } = channel;
  const posts = root ? [root] : [];
  const thread: Conversation = { id: ts, kind: 'thread', name, members, tabs: [], posts, parent };
  conversations.push(thread);
  return thread;
}

/** Times are ids, so they are unique. */
function createClock(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(Math.floor(now()) * 1000, last + 1);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}

function postOf({ ts, by, payload }: SlackMessage, at: number, store: FileStore): Post {
  const files = objectsAt(payload, 'files').flatMap((file) => store.find(textAt(file, 'id')) ?? []);
  const shown = view(payload);
  return {
    at,
    id: ts,
    by,
    view: { ...shown, lines: [...shown.lines, ...files.map(({ title }) => `📎 ${title}`)] },
    controls: controlsIn(payload),
    ...(by === 'bot' && { payload }),
    ...(files.length && { files: files.map(({ name, bytes }) => ({ name, bytes })) }),
  };
}
