import { createHash } from 'node:crypto';
import type { Conversation, Post, User, WorkspaceOptions } from '../workspace';
import { openVault, type Vault } from './vault';

const HEX = '0123456789abcdef';

/** In the shape of real ones, and open to nothing. */
export const SECRETS = {
  appId: `cli_a${HEX.slice(0, 15)}`,
  appSecret: `Ap9${HEX.repeat(2).slice(3)}`,
  verificationToken: `Ve7${HEX.repeat(2).slice(3)}`,
  encryptKey: `En5${HEX.repeat(2).slice(3)}`,
  tenantKey: `2ed1${HEX.slice(4)}`,
} as const;

const ELSEWHERE = `736b${HEX.slice(4)}`;
/** The bot's own open_id, as others see it. */
export const BOT = { id: `ou_${'b0'.repeat(16)}`, name: 'Casebell' } as const;

const PEOPLE: readonly User[] = [
  { id: `ou_${'a1'.repeat(16)}`, name: '王芳', email: 'wangfang@corp.example', mobile: '13800000001' },
  { id: `ou_${'a2'.repeat(16)}`, name: '李伟', email: 'liwei@corp.example', mobile: '13800000002' },
  { id: `ou_${'a3'.repeat(16)}`, name: 'Maria Garcia', email: 'maria@corp.example', mobile: '+14155550103' },
  { id: `ou_${'a4'.repeat(16)}`, name: '陈静', email: 'chenjing@other.example', mobile: '13900000004', external: true },
];

/** The organisation as its chat servers know it. */
export interface Office extends WorkspaceOptions {
  readonly people: readonly User[];
  readonly talks: Conversation[];
  /** Chats that the bot is in. */
  readonly botIn: Set<string>;
  /** Chats from which nothing may be downloaded. */
  readonly restricted: Set<string>;
  /** Messages that were taken back. */
  readonly recalled: Set<string>;
  readonly vault: Vault;
  /** An id that was not given out before: `om_...` of a message, `oc_...` of a chat. */
  newId(prefix: string): string;
  tenantOf(person: User): string;
  personOf(id: string): User;
  talkOf(id: string): Conversation;
  /** The talk, where this person is in it. */
  roomOf(by: string, id: string): Conversation;
}

/** Four people, or others, a group with all of them, and a direct chat with the bot for each. */
export function openOffice(options: WorkspaceOptions & { people?: readonly User[] }): Office {
  const { people = PEOPLE } = options;
  let count = 0;
  const newId = (prefix: string) => {
    count += 1;
    return prefix + createHash('sha256').update(`feishu ${count}`).digest('hex').slice(0, 32);
  };
  const group = talk(newId('oc_'), 'group', '运维值班 Ops on call', people);
  const talks = [group, ...people.map((person) => talk(newId('oc_'), 'direct', person.name, [person]))];
  return {
    ...options,
    people,
    talks,
    botIn: new Set(talks.map(({ id }) => id)),
    restricted: new Set(),
    recalled: new Set(),
    vault: openVault(newId),
    newId,
    tenantOf: (person) => (person.external ? ELSEWHERE : SECRETS.tenantKey),
    personOf: (id) => found(people, id, 'person'),
    talkOf: (id) => found(talks, id, 'talk'),
    roomOf(by, id) {
      const room = found(talks, id, 'talk');
      if (room.members.includes(by)) return room;
      throw new Error(`${found(people, by, 'person').name} is not in ${room.name}.`);
    },
  };
}

export function talk(id: string, kind: Conversation['kind'], name: string, members: readonly User[]): Conversation {
  return { id, kind, name, members: members.map((person) => person.id), tabs: [], posts: [] };
}

/** Puts a post into a talk, for everyone to see. */
export function show(office: Office, talk: Conversation, post: Post): void {
  talk.posts.push(post);
  office.onChange(talk);
}

function found<T extends { readonly id: string }>(all: readonly T[], id: string, what: string): T {
  const one = all.find((each) => each.id === id);
  if (!one) throw new Error(`There is no ${what} ${id} in this organisation.`);
  return one;
}
