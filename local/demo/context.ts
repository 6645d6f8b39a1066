import { setTimeout as sleep } from 'node:timers/promises';
import type { Engineer } from '../aws/support/engineer';
import { drawMessage } from '../chat/ui/terminal';
import type { Conversation, Post, User, Workspace } from '../chat/workspace';

export interface Output {
  print(text: string): void;
  /** One line a step. */
  readonly isBrief: boolean;
  /** Real time for each reply, instead of the usual. */
  readonly timeoutMs?: number;
}

/** Columns of a card in the terminal. */
export const WIDTH = 78;

/** What differs between the platforms for the user of the bot. */
export interface Traits {
  readonly subject: string;
  /** What the user searches for, and the service code that is found. */
  readonly query: string;
  readonly serviceCode: string;
  /** Without forms the user types the text form. */
  readonly hasForms: boolean;
  /** Without a conversation of the case, the user names the case by its number. */
  readonly caseConversation?: 'thread' | 'group';
}

/** One user on one platform who talks to the bot. */
export interface Context {
  readonly workspace: Workspace;
  readonly user: User;
  /** The group in which the user writes. */
  readonly room: Conversation;
  readonly traits: Traits;
  readonly engineer: Engineer;
  /** The HTTP endpoint of AWS's engineer. */
  readonly engineerUrl: string;
}

export type SupportCase = ReturnType<Engineer['cases']>[number];

/** The cases at AWS Support with the subject. */
export const casesOf = ({ engineer, traits }: Context): SupportCase[] =>
  engineer.cases().filter(({ subject }) => subject === traits.subject);

/** The case number. */
export const numberOf = (context: Context): string => casesOf(context)[0]?.displayId ?? 'no case';

/** The id of the case's conversation; undefined if the platform has none. */
export function caseConversationOf(context: Context): string | undefined {
  const { workspace, room, traits } = context;
  const number = numberOf(context);
  if (traits.caseConversation === 'thread') return room.posts.find(({ view }) => view.title.includes(number))?.id;
  if (traits.caseConversation !== 'group') return undefined;
  return workspace.conversations.find(({ name }) => name === `${number}-${traits.subject}`)?.id;
}

/** The whole text of a post. */
export const textOf = ({ view }: Post): string => [view.title, ...view.lines].join('\n');

export interface Replies {
  /** All new posts, in order. */
  readonly posts: readonly Post[];
  /** Real time until the expected reply of the bot; undefined if it did not come. */
  readonly ms?: number;
}

/** Acts, and waits for a reply of the bot that matches. @param timeoutMs real time */
export async function waitForReply(
  { conversations }: Workspace,
  act: () => Promise<unknown>,
  expected: () => RegExp,
  timeoutMs: number,
): Promise<Replies> {
  const before = postsIn(conversations);
  const newPosts = () => [...postsIn(conversations)].filter((post) => !before.has(post));
  const began = performance.now();
  await act();
  while (performance.now() - began < timeoutMs) {
    const isThere = newPosts().some((post) => post.by === 'bot' && expected().test(textOf(post)));
    if (isThere) return { posts: newPosts(), ms: performance.now() - began };
    await sleep(5);
  }
  return { posts: newPosts() };
}

/** Each post once: the first post of a thread is in its channel, too. */
const postsIn = (conversations: readonly Conversation[]): Set<Post> =>
  new Set(conversations.flatMap(({ posts }) => posts));

/** Posts of the bot as cards, posts of users as lines. */
export function drawPosts({ platform, users }: Workspace, posts: readonly Post[]): string {
  const nameOf = (id: string): string => users.find((user) => user.id === id)?.name ?? id;
  const draw = (post: Post): string =>
    post.by === 'bot'
      ? drawMessage({ platform }, post, WIDTH, process.stdout.isTTY)
      : `  ${nameOf(post.by)}: ${post.view.lines.join('\n    ')}`;
  return posts.map(draw).join('\n');
}
