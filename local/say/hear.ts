import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkspaceData } from '../chat/ui/talks-data';
import type { ApplicationDoor } from './application-door';

/** Something that the bot has said, and in which talk. */
export interface Heard {
  readonly talk: string;
  readonly post: WorkspaceData['talks'][number]['posts'][number];
}

/** In real milliseconds. */
export interface Patience {
  /** How long to wait for an answer. */
  readonly most: number;
  /** After an answer, how long for the next one. */
  readonly next: number;
}

const EVERY = 100;

/** What the bot says in this workplace from now on, each once, until there is nothing more to come or patience ends. */
export async function* hear(
  door: ApplicationDoor,
  before: WorkspaceData,
  { most, next }: Patience,
): AsyncGenerator<Heard> {
  const known = new Set(heardIn(before).map(keyOf));
  const leaving = new AbortController();
  let isIdle = false;
  void door.idle(leaving.signal).then(() => {
    isIdle = true;
  });
  let until = performance.now() + most;
  for (let isLast = false; !isLast; ) {
    // Whatever was said before it became idle is there to be seen after.
    isLast = isIdle || performance.now() >= until;
    const workplace = (await door.look()).find(({ platform }) => platform === before.platform);
    for (const heard of workplace ? heardIn(workplace) : []) {
      if (known.has(keyOf(heard))) continue;
      known.add(keyOf(heard));
      until = performance.now() + next;
      yield heard;
    }
    if (!isLast) await sleep(EVERY);
  }
  leaving.abort();
}

function heardIn({ talks }: WorkspaceData): Heard[] {
  const all = talks.flatMap(({ name, posts }) => posts.map((post) => ({ talk: name, post })));
  return all.filter(({ post }) => post.by === 'bot').toSorted((one, other) => one.post.at - other.post.at);
}

/** A card that was changed is said again; one that stands in a channel and in its thread is said once. */
function keyOf({ post }: Heard): string {
  return JSON.stringify([post.id, post.view, post.controls]);
}
