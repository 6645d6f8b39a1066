import { randomBytes } from 'node:crypto';
import type { Json } from '../json';
import { plainView } from '../message-view';
import type { Conversation, Post, User, WorkspaceOptions } from '../workspace';
import { controlsIn, type MessageControls, toControls, viewAppMessage } from './controls';

/** Invented, in the format of real ones. */
export const SECRETS = {
  appKey: 'ding0a1b2c3d4e5f6g7h',
  appSecret: `casebell-${'0123456789abcdefghijk'.repeat(3)}`.slice(0, 64),
  corpId: `ding${'0123456789abcdef'.repeat(2)}`,
} as const;

/** The corpId of the guest. */
export const OTHER_CORP_ID = `ding${'fedcba9876543210'.repeat(2)}`;

/** DingTalk generates the id for one robot; callbacks contain it. */
export const BOT = { dingtalkId: '$:LWCP_v1:$Y2FzZWJlbGw=', name: 'Casebell' } as const;

export const USERS: readonly User[] = [
  { id: '0147258369', name: '王芳', email: 'wangfang@example.cn', mobile: '13800000001' },
  { id: '0258369147', name: '李雷', email: 'lilei@example.cn', mobile: '13800000002' },
  { id: '0369147258', name: 'Alice', email: 'alice@example.com', mobile: '13800000003' },
  { id: '$:LWCP_v1:$Z3Vlc3Q=', name: 'Bob (guest)', email: 'bob@example.org', mobile: '13900000009', external: true },
];

/** The id of a user in a callback, with or without a user id in the organization. */
export function dingtalkIdOf({ id, external }: User): string {
  return external ? id : `$:LWCP_v1:$${Buffer.from(id).toString('base64')}`;
}

export interface DingTalkState {
  readonly users: readonly User[];
  readonly conversations: Conversation[];
  addUserPost(
    conversation: Conversation,
    post: Pick<Post, 'id' | 'by' | 'at'>,
    text: string,
    files?: Post['files'],
  ): void;
  /** @param message in the format of a webhook. @param payload as the bot sent it. */
  addBotPost(conversation: Conversation, message: Json, payload: unknown, files?: Post['files']): void;
  /** The controls of the robot's messages, the latest first. */
  controlsOf(conversation: Conversation): { post: Post; controls: MessageControls }[];
}

/** All users in one group, and a direct chat with the robot for each. */
export function createState({ now, onChange }: WorkspaceOptions): DingTalkState {
  const members = USERS.map(({ id }) => id);
  const group = createConversation('group', '云上运维 · Cloud Ops', members);
  const directs = USERS.map(({ id, name }) => createConversation('direct', name, [id]));
  const controls = new Map<Post, MessageControls>();
  function add(conversation: Conversation, post: Post): void {
    conversation.posts.push(post);
    onChange(conversation);
  }
  return {
    users: USERS,
    conversations: [group, ...directs],
    addUserPost(conversation, post, text, files) {
      const mentions = text.startsWith(`@${BOT.name} `) ? [`@${BOT.name}`] : [];
      add(conversation, { ...post, view: { ...plainView(text), mentions }, controls: [], ...(files && { files }) });
    },
    addBotPost(conversation, message, payload, files = []) {
      const own = controlsIn(message);
      const shown = { view: viewAppMessage(message), controls: toControls(own), payload };
      const shared = files.length > 0 && { files: files.map(({ name, bytes }) => ({ name, bytes })) };
      const post = { at: now(), id: newId(), by: 'bot', ...shown, ...shared };
      controls.set(post, own);
      add(conversation, post);
    },
    controlsOf({ posts }) {
      const found = posts.flatMap((post) => {
        const own = controls.get(post);
        return own ? [{ post, controls: own }] : [];
      });
      return found.reverse();
    },
  };
}

function createConversation(kind: Conversation['kind'], name: string, members: string[]): Conversation {
  const id = `cid${Buffer.from(`${kind} ${name}`).toString('base64').slice(0, 22)}==`;
  return { id, kind, name, members, tabs: [], posts: [] };
}

/** In the format of the documents' samples. */
export function newId(): string {
  return `msg${randomBytes(16).toString('base64')}`;
}
