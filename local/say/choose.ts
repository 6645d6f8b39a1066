import type { WorkspaceData } from '../chat/ui/talks-data';

type TalkData = WorkspaceData['talks'][number];

/** Where somebody wants to say something, by names or ids. */
export interface Wish {
  readonly platform?: string;
  readonly by?: string;
  readonly talk?: string;
  /** In the thread of what the bot said last there, which may be yet to begin. */
  readonly thread?: boolean;
}

export interface Place {
  readonly workplace: WorkspaceData;
  /** The person's id. */
  readonly by: string;
  readonly talk: Pick<TalkData, 'id' | 'kind'>;
}

/**
 * Where that is. The first platform and its first person where none is named; and of their talks the one in which something was
 * said last, to begin with the group. Throws with what there is to choose from.
 */
export function choose(all: readonly WorkspaceData[], wish: Wish): Place {
  const workplace = pick('platform', wish.platform, all, ({ platform }) => [platform]);
  const person = pick('person', wish.by, workplace.people, ({ name, id }) => [name, id]);
  const own = workplace.talks.filter(({ members }) => members.includes(person.id));
  const talk = pick('talk', wish.talk, own.toSorted(newestFirst), ({ name, id }) => [name, id]);
  return { workplace, by: person.id, talk: wish.thread ? threadIn(talk) : talk };
}

function threadIn({ name, posts }: TalkData): Place['talk'] {
  const root = posts.findLast(({ by }) => by === 'bot');
  if (!root) throw new Error(`The bot has said nothing in ${name} yet.`);
  return { id: root.id, kind: 'thread' };
}

function pick<T>(what: string, wish: string | undefined, all: readonly T[], namesOf: (one: T) => string[]): T {
  const found = wish === undefined ? all[0] : all.find((one) => namesOf(one).includes(wish));
  if (found) return found;
  const choice = all.map((one) => namesOf(one)[0]).join(', ');
  throw new Error(`There is no ${what} ${wish ?? 'here'}. There is: ${choice || 'none'}.`);
}

function newestFirst(one: TalkData, other: TalkData): number {
  return (other.posts.at(-1)?.at ?? 0) - (one.posts.at(-1)?.at ?? 0);
}
