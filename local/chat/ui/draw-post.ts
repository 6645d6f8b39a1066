import { drawBoth, drawSeen, drawTime, safe } from '../draw-seen';
import { toneOf } from '../mark';
import type { Control, Post, Workspace } from '../workspace';
import { bareOf } from './bare';
import { drawControl } from './draw-control';
import type { Outcome } from './outcome';

/** What went wrong with something that a person did in a talk. */
export interface Miss {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly words: Outcome['text'];
}

const BOT = { zh: '机器人', en: 'bot' };
const THREAD = { zh: '回复话题', en: 'Reply in thread' };

/** What is known of the talk that a post is in. */
export interface Around {
  readonly people: Workspace['users'];
  /** The controls that can be used. */
  readonly live: ReadonlySet<Control>;
  /** Whether every post can begin a thread. */
  readonly hasThreads: boolean;
}

/** A post as everybody in the talk sees it. */
export function drawPost(post: Post, { people, live, hasThreads }: Around): string {
  const { at, id, by, view, controls } = post;
  const author = by === 'bot' ? drawBoth(BOT) : safe(nameOf(by, people));
  const { lines, hints } = bareOf(post);
  const drawn = controls.map((control) => drawControl(control, live.has(control), hints)).join('');
  return `<article class="${by === 'bot' ? `bot ${toneOf(view.mark)}` : 'person'}" data-post="${safe(id)}"><p class="by">${author}</p>${drawSeen({ ...view, lines, mentions: calledBelow(post) })}${drawn && `<div class="controls">${drawn}</div>`}${hasThreads ? drawThread(post) : ''}${drawTime(at)}</article>`;
}

function drawThread(post: Post): string {
  return `<button type="button" class="thread" data-thread-of="${safe(post.id)}" title="${safe(gistOf(post).slice(0, 40))}">💬 ${drawBoth(THREAD)}</button>`;
}

/** The first words of a post. */
export function gistOf({ view }: Pick<Post, 'view'>): string {
  return view.title || view.lines.find((line) => line.trim()) || '';
}

export function drawMiss({ at, id, words }: Miss): string {
  return `<p class="refused" data-post="${safe(id)}"><b>未送达 <span lang="en">Failed</span></b> ${drawBoth(words)}${drawTime(at)}</p>`;
}

/** Somebody of whom only the id is known is called by that. */
export function nameOf(id: string, people: Workspace['users']): string {
  return people.find((person) => person.id === id)?.name ?? id;
}

/** A person types whom they call, so it need not be said again below. */
function calledBelow({ view: { lines, mentions } }: Post): string[] {
  return mentions.filter((mention) => !lines.some((line) => line.includes(mention)));
}
