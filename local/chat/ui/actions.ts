import { at, isObject, type Json } from '../json';
import type { LocalizedText } from '../message-view';
import type { Delivery, Post, Workspace } from '../workspace';

/** A workspace as JSON. */
export interface WorkspaceData {
  readonly platform: string;
  readonly users: readonly { readonly id: string; readonly name: string; readonly external?: boolean }[];
  readonly conversations: readonly ConversationData[];
}

export type ConversationData = Omit<Workspace['conversations'][number], 'posts'> & {
  readonly posts: readonly Omit<Post, 'payload'>[];
};

/** Without secrets, and without payloads, which only the platform may see. */
export function workspaceData({ platform, users, conversations }: Workspace): WorkspaceData {
  return {
    platform,
    users: users.map(({ id, name, external }) => ({ id, name, ...(external && { external }) })),
    conversations: conversations.map(({ posts, ...conversation }) => ({
      ...conversation,
      posts: posts.map(({ at, id, by, view, controls }) => ({ at, id, by, view, controls })),
    })),
  };
}

/** What a person can do in a conversation, by the last part of the path. */
export const ACTIONS: Readonly<Record<string, (workspace: Workspace, input: Json) => Promise<Delivery>>> = {
  say: (workspace, input) =>
    workspace.say(...place(input), text(input, 'text'), { mention: at(input, 'mention') !== false }),
  press: (workspace, input) => workspace.press(...place(input), text(input, 'label')),
  submit: (workspace, input) => workspace.submit(...place(input), values(input)),
  share: (workspace, input) => workspace.share(...place(input), file(input)),
};

const place = (input: Json): [by: string, conversation: string] => [text(input, 'by'), text(input, 'conversation')];

/** Throws if it is missing or empty. */
function text(input: Json, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value.trim()) return value;
  throw new Error(`${name} is missing: it must be a text.`);
}

function values({ values = {} }: Json): Record<string, string> {
  if (!isObject(values)) throw new Error('values must be an object of texts.');
  const pairs = Object.entries(values).map(([name, value]) => {
    if (typeof value !== 'string') throw new Error(`${name} must be a text.`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}

function file(input: Json) {
  const bytes = Buffer.from(text(input, 'base64'), 'base64');
  return { name: text(input, 'name'), kind: input.kind === 'image' ? ('image' as const) : ('file' as const), bytes };
}

/** The result of an action, for the person. */
export interface Outcome {
  /** `not_called`: the platform had no reason to call the bot. */
  readonly kind: 'answered' | 'not_called' | 'failed';
  readonly text: LocalizedText;
}

const NOT_CALLED: LocalizedText = {
  zh: '机器人收不到这条消息：没有 @ 它，或平台不转发',
  en: 'The bot does not receive this: it was not mentioned, or the platform does not forward it',
};

/** A platform that does not call the bot makes no delivery, so that `deliveries` does not contain it. */
export function outcomeOf(delivery: Delivery, { deliveries }: Pick<Workspace, 'deliveries'>): Outcome {
  if (!deliveries.includes(delivery)) return { kind: 'not_called', text: NOT_CALLED };
  const { status, durationMs } = delivery;
  if (status >= 200 && status < 300) {
    return { kind: 'answered', text: { zh: '已送达', en: `Delivered, ${durationMs} ms` } };
  }
  const text =
    status === 0
      ? { zh: '机器人没有及时应答', en: `The bot did not answer in time (${durationMs} ms)` }
      : { zh: `机器人应答了 ${status}`, en: `The bot answered ${status}` };
  return { kind: 'failed', text };
}
