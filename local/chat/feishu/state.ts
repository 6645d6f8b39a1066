import { createHash } from 'node:crypto';
import type { Conversation, Post, User, WorkspaceOptions } from '../workspace';

const HEX = '0123456789abcdef';

/** Invented, in the format of real ones. */
export const SECRETS = {
  appId: `cli_a${HEX.slice(0, 15)}`,
  appSecret: `Ap9${HEX.repeat(2).slice(3)}`,
  verificationToken: `Ve7${HEX.repeat(2).slice(3)}`,
  encryptKey: `En5${HEX.repeat(2).slice(3)}`,
  tenantKey: `2ed1${HEX.slice(4)}`,
} as const;

const OTHER_TENANT_KEY = `736b${HEX.slice(4)}`;
/** With the bot's open_id. */
export const BOT = { id: `ou_${'b0'.repeat(16)}`, name: 'Casebell' } as const;

const USERS: readonly User[] = [
  { id: `ou_${'a1'.repeat(16)}`, name: '王芳', email: 'wangfang@corp.example', mobile: '13800000001' },
  { id: `ou_${'a2'.repeat(16)}`, name: '李伟', email: 'liwei@corp.example', mobile: '13800000002' },
  { id: `ou_${'a3'.repeat(16)}`, name: 'Maria Garcia', email: 'maria@corp.example', mobile: '+14155550103' },
  { id: `ou_${'a4'.repeat(16)}`, name: '陈静', email: 'chenjing@other.example', mobile: '13900000004', external: true },
];

/** A file or a picture. */
export interface StoredFile {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The `file_type` of the bot's upload. */
  readonly type?: string;
  /** Only uploads of the bot can be sent by it. */
  readonly isFromBot: boolean;
  /** The ids of its messages. */
  readonly messages: Set<string>;
}

export interface FeishuState extends WorkspaceOptions {
  readonly users: readonly User[];
  readonly conversations: Conversation[];
  /** Chats with the bot. */
  readonly withBot: Set<string>;
  /** Chats whose files cannot be downloaded. */
  readonly restricted: Set<string>;
  readonly recalledMessages: Set<string>;
  readonly files: ReadonlyMap<string, StoredFile>;
  addFile(file: Omit<StoredFile, 'key' | 'messages'>): StoredFile;
  addPost(conversation: Conversation, post: Post): void;
  /** The message and its conversation; undefined if it is unknown. */
  findPost(message: string): { conversation: Conversation; post: Post } | undefined;
  /** A new id: `om_...` of a message, `oc_...` of a chat. */
  newId(prefix: string): string;
}

/** Four users by default, a group with all of them, and a direct chat with the bot for each. */
export function createState(options: WorkspaceOptions & { users?: readonly User[] }): FeishuState {
  const { users = USERS, onChange } = options;
  let count = 0;
  const newId = (prefix: string) => {
    count += 1;
    return prefix + createHash('sha256').update(`feishu ${count}`).digest('hex').slice(0, 32);
  };
  const group = createConversation(newId('oc_'), 'group', '运维值班 Ops on call', users);
  const directs = users.map((user) => createConversation(newId('oc_'), 'direct', user.name, [user]));
  const conversations = [group, ...directs];
  const files = new Map<string, StoredFile>();
  return {
    ...options,
    ...{ users, conversations, files, newId },
    withBot: new Set(conversations.map(({ id }) => id)),
    restricted: new Set(),
    recalledMessages: new Set(),
    addFile(file) {
      const key = newId(file.kind === 'image' ? 'img_v3_' : 'file_v3_');
      const stored = { ...file, key, messages: new Set<string>() };
      files.set(key, stored);
      return stored;
    },
    addPost(conversation, post) {
      conversation.posts.push(post);
      onChange(conversation);
    },
    findPost(message) {
      const conversation = conversations.find(({ posts }) => posts.some(({ id }) => id === message));
      const post = conversation?.posts.find(({ id }) => id === message);
      return conversation && post && { conversation, post };
    },
  };
}

export function createConversation(
  id: string,
  kind: Conversation['kind'],
  name: string,
  users: readonly User[],
): Conversation {
  return { id, kind, name, members: users.map((user) => user.id), tabs: [], posts: [] };
}

export function tenantOf({ external }: User): string {
  return external ? OTHER_TENANT_KEY : SECRETS.tenantKey;
}
