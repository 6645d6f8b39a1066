import type { Conversation, User } from '../workspace';

/** In the shape of real ones, and open to nothing. */
export const SECRETS = {
  appKey: 'ding0a1b2c3d4e5f6g7h',
  appSecret: `casebell-${'0123456789abcdefghijk'.repeat(3)}`.slice(0, 64),
  corpId: `ding${'0123456789abcdef'.repeat(2)}`,
} as const;

/** The guest's. */
export const ELSEWHERE = `ding${'fedcba9876543210'.repeat(2)}`;

/** An id that DingTalk makes up for one robot, as callbacks have them. */
export const BOT = { dingtalkId: '$:LWCP_v1:$Y2FzZWJlbGw=', name: 'Casebell' } as const;

const PEOPLE: readonly User[] = [
  { id: '0147258369', name: '王芳', email: 'wangfang@example.cn', mobile: '13800000001' },
  { id: '0258369147', name: '李雷', email: 'lilei@example.cn', mobile: '13800000002' },
  { id: '0369147258', name: 'Alice', email: 'alice@example.com', mobile: '13800000003' },
  { id: '$:LWCP_v1:$Z3Vlc3Q=', name: 'Bob (guest)', email: 'bob@example.org', mobile: '13900000009', external: true },
];

export interface Organisation {
  readonly people: readonly User[];
  readonly talks: Conversation[];
}

/** Everybody in one group, and a direct chat with the robot for each. */
export function found(): Organisation {
  const everybody = PEOPLE.map(({ id }) => id);
  const group = openTalk('group', '云上运维 · Cloud Ops', everybody);
  return { people: PEOPLE, talks: [group, ...PEOPLE.map(({ id, name }) => openTalk('direct', name, [id]))] };
}

/** The id that a callback calls somebody by, whether or not they are of the organisation. */
export function dingtalkIdOf({ id, external }: User): string {
  return external ? id : `$:LWCP_v1:$${Buffer.from(id).toString('base64')}`;
}

/** The talk, if this person is in it. Throws otherwise, as nothing in the client would let them. */
export function enter({ people, talks }: Organisation, by: string, id: string): { person: User; talk: Conversation } {
  const person = people.find((each) => each.id === by);
  const talk = talks.find((each) => each.id === id);
  if (!person) throw new Error(`Nobody here is ${by}.`);
  if (!talk?.members.includes(by)) throw new Error(`${person.name} is in no talk ${id}.`);
  return { person, talk };
}

function openTalk(kind: Conversation['kind'], name: string, members: string[]): Conversation {
  const id = `cid${Buffer.from(`${kind} ${name}`).toString('base64').slice(0, 22)}==`;
  return { id, kind, name, members, tabs: [], posts: [] };
}
