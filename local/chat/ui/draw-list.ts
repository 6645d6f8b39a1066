import { drawBoth, drawTime, safe } from '../draw-seen';
import type { Conversation, Workspace } from '../workspace';
import { gistOf, nameOf } from './draw-post';

export const KINDS = {
  group: { zh: '群聊', en: 'Group' },
  direct: { zh: '单聊', en: 'Direct chat' },
  thread: { zh: '话题', en: 'Thread' },
} as const;

const SIGNS: Readonly<Record<Conversation['kind'], string>> = { group: '👥', direct: '👤', thread: '🧵' };

/** The talks of a workspace, with the newest activity first, and those in which nothing has been said folded away. */
export function drawList({ conversations, users }: Pick<Workspace, 'conversations' | 'users'>): string {
  const shown = talksShown(conversations);
  const entries = shown.map((talk) => drawEntry(talk, users)).join('');
  return (
    entries +
    drawQuiet(
      conversations.filter((talk) => !shown.includes(talk)),
      users,
    )
  );
}

/** Not folded away, the one first that is open to begin with; where nothing has been said at all, the first one of all. */
export function talksShown(talks: readonly Conversation[]): readonly Conversation[] {
  const active = activeFirst(talks);
  return active.length > 0 ? active : talks.slice(0, 1);
}

function activeFirst(talks: readonly Conversation[]): Conversation[] {
  const active = talks.filter(({ posts }) => posts.length > 0);
  return active.sort((one, other) => lastAt(other) - lastAt(one));
}

function lastAt({ posts }: Conversation): number {
  return posts.at(-1)?.at ?? 0;
}

function drawQuiet(quiet: readonly Conversation[], people: Workspace['users']): string {
  if (quiet.length === 0) return '';
  const entries = quiet.map((talk) => drawEntry(talk, people)).join('');
  const label = drawBoth({ zh: `还没有消息的 ${quiet.length} 个`, en: `${quiet.length} without messages` });
  return `<details><summary>${label}</summary>${entries}</details>`;
}

function drawEntry({ id, kind, name, posts }: Conversation, people: Workspace['users']): string {
  const last = posts.at(-1);
  const news = last ? `<small>${safe(gist(last, people))}</small>${drawTime(last.at)}` : '';
  const { zh, en } = KINDS[kind];
  return `<button type="button" data-talk="${safe(id)}"><b title="${zh} ${en}">${SIGNS[kind]}</b> ${safe(name)}${news}</button>`;
}

function gist(post: Conversation['posts'][number], people: Workspace['users']): string {
  const author = post.by === 'bot' ? '' : `${nameOf(post.by, people)}：`;
  return `${author}${gistOf(post)}`.slice(0, 80);
}
