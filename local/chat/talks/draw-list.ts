import { drawBoth, drawTime, safe } from '../draw-seen';
import type { Talk, Workplace } from '../workplace';
import { gistOf, nameOf } from './draw-post';

export const KINDS = {
  group: { zh: '群聊', en: 'Group' },
  direct: { zh: '单聊', en: 'Direct chat' },
  thread: { zh: '话题', en: 'Thread' },
} as const;

const SIGNS: Readonly<Record<Talk['kind'], string>> = { group: '👥', direct: '👤', thread: '🧵' };

/** The talks of a workplace, with the newest activity first, and those in which nothing has been said folded away. */
export function drawList({ talks, people }: Pick<Workplace, 'talks' | 'people'>): string {
  const shown = talksShown(talks);
  const entries = shown.map((talk) => drawEntry(talk, people)).join('');
  return (
    entries +
    drawQuiet(
      talks.filter((talk) => !shown.includes(talk)),
      people,
    )
  );
}

/** Not folded away, the one first that is open to begin with; where nothing has been said at all, the first one of all. */
export function talksShown(talks: readonly Talk[]): readonly Talk[] {
  const active = activeFirst(talks);
  return active.length > 0 ? active : talks.slice(0, 1);
}

function activeFirst(talks: readonly Talk[]): Talk[] {
  const active = talks.filter(({ posts }) => posts.length > 0);
  return active.sort((one, other) => lastAt(other) - lastAt(one));
}

function lastAt({ posts }: Talk): number {
  return posts.at(-1)?.at ?? 0;
}

function drawQuiet(quiet: readonly Talk[], people: Workplace['people']): string {
  if (quiet.length === 0) return '';
  const entries = quiet.map((talk) => drawEntry(talk, people)).join('');
  const label = drawBoth({ zh: `还没有消息的 ${quiet.length} 个`, en: `${quiet.length} without messages` });
  return `<details><summary>${label}</summary>${entries}</details>`;
}

function drawEntry({ id, kind, name, posts }: Talk, people: Workplace['people']): string {
  const last = posts.at(-1);
  const news = last ? `<small>${safe(gist(last, people))}</small>${drawTime(last.at)}` : '';
  const { zh, en } = KINDS[kind];
  return `<button type="button" data-talk="${safe(id)}"><b title="${zh} ${en}">${SIGNS[kind]}</b> ${safe(name)}${news}</button>`;
}

function gist(post: Talk['posts'][number], people: Workplace['people']): string {
  const author = post.by === 'bot' ? '' : `${nameOf(post.by, people)}：`;
  return `${author}${gistOf(post)}`.slice(0, 80);
}
