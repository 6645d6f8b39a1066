import { type Card, type ChatApp, type Conversation, DeliveryError, type User } from '@casebell/im/bots';

/** A card that people see. */
export interface Post {
  card: Card;
  to: Conversation;
  /** Its idempotency key. */
  key?: string;
}

/** A chat platform in memory, with what its people see. */
export interface MemoryChat {
  app: ChatApp;
  /** In order; one idempotency key is shown once. */
  posts: Post[];
  /** What was sent: every call, also one whose key was known. */
  sends: { key?: string; isRetry: boolean }[];
  /** By idempotency key: the group of a case. */
  groups: Map<string, { id: string; name: string; card: Card }>;
  /** Cards that were shown again with other contents, and files. */
  updates: { message: string; card: Card }[];
  files: { name: string; size: number; bytes: number }[];
  users: (User & { email?: string; mobile?: string })[];
  /** May throw, and then nothing is shown. */
  beforeSend(card: Card, to: Conversation): unknown;
  /** So many of the next answers to `send` do not arrive: what was sent is shown all the same. */
  lostAnswers: number;
}

interface ChatOptions {
  /** Whether a case gets a group, cards can be updated and files can be sent, as on Feishu. */
  hasGroups?: boolean;
  /** What else the platform does, or does otherwise. */
  app?: Partial<ChatApp>;
}

export function createMemoryChat({ hasGroups = false, app }: ChatOptions = {}): MemoryChat {
  const chat: MemoryChat = {
    app: {
      platform: 'dingtalk',
      receive: () => ({ kind: 'ignored', reply: { status: 200 }, reason: 'no callbacks here' }),
      healthCheck: async () => undefined,
      async send(card, to, key, isRetry = false) {
        await chat.beforeSend(card, to);
        chat.sends.push({ key, isRetry });
        if (key === undefined || chat.posts.every((post) => post.key !== key)) chat.posts.push({ card, to, key });
        chat.lostAnswers -= 1;
        if (chat.lostAnswers >= 0) throw new Error('The answer was lost.');
      },
      findUser: async (handle) => {
        const isWanted = (user: object) =>
          Object.entries(handle).every(([name, value]) => Reflect.get(user, name) === value);
        const found = chat.users.find(isWanted);
        return found && { id: found.id, name: found.name };
      },
      ...(hasGroups && groupsOf(() => chat)),
      ...app,
    },
    ...{ posts: [], sends: [], groups: new Map(), updates: [], files: [], users: [] },
    beforeSend: () => undefined,
    lostAnswers: 0,
  };
  return chat;
}

const groupsOf = (chat: () => MemoryChat): Partial<ChatApp> => ({
  async createThread({ name, card }, _from, key) {
    const { groups } = chat();
    const group = groups.get(key) ?? { id: `oc_${key}`, name, card };
    groups.set(key, group);
    return { id: group.id, kind: 'group', card: `om_${key}` };
  },
  update: async (message, card) => void chat().updates.push({ message, card }),
  async sendFile({ name, size, bytes }) {
    let read = 0;
    for await (const chunk of bytes) read += chunk.length;
    if (name.endsWith('.exe'))
      throw new DeliveryError('feishu', { reason: 'no such files', retryable: false, payloadRejected: true });
    chat().files.push({ name, size, bytes: read });
  },
});

/** A refusal of the platform. */
export const refusal = (more: Partial<ConstructorParameters<typeof DeliveryError>[1]> = {}): DeliveryError =>
  new DeliveryError('dingtalk', { reason: 'refused', retryable: false, ...more });
