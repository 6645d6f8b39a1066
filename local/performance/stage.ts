import { setTimeout as sleep } from 'node:timers/promises';
import type { Engineer, EngineerCase } from '../aws/support/engineer';
import type { Conversation, Post, User, Workspace } from '../chat/workspace';

/** One person on one platform, who talks to the bot. */
export interface Stage {
  readonly workplace: Workspace;
  readonly person: User;
  /** The group in which the person asks for things. */
  readonly room: Conversation;
  readonly subject: string;
  readonly engineer: Engineer;
  /** Where AWS's engineer can be reached over HTTP. */
  readonly deskUrl: string;
}

/** What AWS Support has under the subject. */
export const casesOf = ({ engineer, subject }: Stage): EngineerCase[] =>
  engineer.cases().filter((one) => one.subject === subject);

/** The number that people call the case by. */
export const numberOf = (stage: Stage): string => casesOf(stage)[0]?.displayId ?? 'no case';

/** What came of one thing that a person did. */
export interface Heard {
  /** What has been said since, by whomever, in order. */
  readonly posts: readonly Post[];
  /** Real milliseconds until the bot's answer was there; undefined when none with the expected words came. */
  readonly ms?: number;
}

/** All that can be read in a post. */
export const wordsOf = ({ view }: Post): string => [view.title, ...view.lines].join('\n');

/** Does it, and waits for an answer that holds these words: which, may be known only then. @param patience in real milliseconds */
export async function hear(
  { conversations }: Workspace,
  act: () => Promise<unknown>,
  words: () => RegExp,
  patience: number,
): Promise<Heard> {
  const before = postsIn(conversations);
  const news = () => [...postsIn(conversations)].filter((post) => !before.has(post));
  const began = performance.now();
  await act();
  while (performance.now() - began < patience) {
    if (news().some((post) => post.by === 'bot' && words().test(wordsOf(post))))
      return { posts: news(), ms: performance.now() - began };
    await sleep(5);
  }
  return { posts: news() };
}

/** Each once: the first post of a thread stands in its channel, too. */
const postsIn = (talks: readonly Conversation[]): Set<Post> => new Set(talks.flatMap(({ posts }) => posts));
