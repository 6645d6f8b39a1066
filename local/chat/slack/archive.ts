import { type Json, objectsAt, textAt } from '../json';
import type { Conversation, Post, User } from '../workspace';
import type { Cabinet } from './cabinet';
import { controlsIn, withIds } from './controls';
import { CHANNEL, CHANNEL_NAME, directId, PEOPLE } from './organisation';
import { view } from './see';

/** One message as Slack keeps it. */
export interface Saying {
  readonly ts: string;
  /** The channel that it is in. */
  readonly channel: string;
  /** The time of the message that its thread begins with. */
  readonly thread?: string;
  /** A person's id, or `bot`. */
  readonly by: string;
  /** Its text, blocks, attachments, metadata and files. */
  readonly payload: Json;
}

/** All talks of the workspace, and what has been said in them. */
export interface Archive {
  readonly talks: Conversation[];
  readonly sayings: Saying[];
  /** The channel or direct chat of a talk, and the thread if it is one; every message can begin one. Throws when there is none. */
  find(talk: string): { channel: Conversation; thread?: string };
  keep(saying: Omit<Saying, 'ts'>): Saying;
  /** Puts it where the message of its time stands. */
  revise(saying: Saying): Saying;
}

export function openArchive(now: () => number, changed: (talk: Conversation) => void, cabinet: Cabinet): Archive {
  const talks: Conversation[] = [GROUP, ...PEOPLE.map(directOf)].map((talk) => ({ ...talk, tabs: [], posts: [] }));
  const sayings: Saying[] = [];
  const nextTime = clockOf(now);
  const talkOf = (id: string) => talks.find((talk) => talk.id === id);

  function threadOf(channel: Conversation, ts: string): Conversation {
    const known = talkOf(ts);
    if (known) return known;
    const root = channel.posts.find(({ id }) => id === ts);
    const name = `${channel.name} › ${root?.view.title || root?.view.lines[0] || ts}`;
    const { members, id: parent } = channel;
    const talk: Conversation = { id: ts, kind: 'thread', name, members, tabs: [], posts: root ? [root] : [], parent };
    talks.push(talk);
    return talk;
  }

  return {
    talks,
    sayings,
    find(id) {
      const root = sayings.find(({ ts, thread }) => ts === id && !thread);
      const channel = talkOf(root?.channel ?? id);
      if (!channel) throw new Error(`There is no talk ${id}.`);
      return { channel, ...(root && { thread: root.ts }) };
    },
    keep({ payload, ...saying }) {
      const kept = { ...saying, payload: withIds(payload), ts: nextTime() };
      const channel = talkOf(saying.channel);
      if (!channel) throw new Error(`There is no channel ${saying.channel}.`);
      sayings.push(kept);
      const talk = saying.thread ? threadOf(channel, saying.thread) : channel;
      talk.posts.push(postOf(kept, now(), cabinet));
      changed(talk);
      return kept;
    },
    revise(saying) {
      const kept = { ...saying, payload: withIds(saying.payload) };
      sayings[sayings.findIndex(({ ts }) => ts === saying.ts)] = kept;
      for (const talk of talks) {
        const at = talk.posts.findIndex(({ id }) => id === saying.ts);
        const before = talk.posts[at];
        if (!before) continue;
        talk.posts[at] = postOf(kept, before.at, cabinet);
        changed(talk);
      }
      return kept;
    },
  };
}

const GROUP = { id: CHANNEL, kind: 'group' as const, name: `#${CHANNEL_NAME}`, members: PEOPLE.map(({ id }) => id) };

function directOf({ id, name }: User) {
  return { id: directId(id), kind: 'direct' as const, name, members: [id] };
}

/** Times are unique, because they are ids: in seconds, with as many microseconds as it takes. */
function clockOf(now: () => number): () => string {
  let last = 0;
  return () => {
    last = Math.max(Math.floor(now()) * 1000, last + 1);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
}

function postOf({ ts, by, payload }: Saying, at: number, cabinet: Cabinet): Post {
  const files = objectsAt(payload, 'files').flatMap((file) => cabinet.find(textAt(file, 'id')) ?? []);
  const seen = view(payload);
  return {
    at,
    id: ts,
    by,
    view: { ...seen, lines: [...seen.lines, ...files.map(({ title }) => `📎 ${title}`)] },
    controls: controlsIn(payload),
    ...(by === 'bot' && { payload }),
    ...(files.length && { files: files.map(({ name, bytes }) => ({ name, bytes })) }),
  };
}
