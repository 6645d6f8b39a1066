import { drawBoth, drawSeen, drawTime, safe } from '../draw-seen';
import { toneOf } from '../mark';
import type { Control, Post, Workplace } from '../workplace';
import { bareOf } from './bare';
import { drawControl } from './draw-control';
import type { Outcome } from './outcome';

/** What went wrong with something that a person did in a talk. */
export interface Miss {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly words: Outcome['words'];
}

const BOT = { zh: '机器人', en: 'bot' };

/** A post as everybody in the talk sees it. @param live the controls that can be used. */
export function drawPost(post: Post, people: Workplace['people'], live: ReadonlySet<Control>): string {
  const { at, id, by, seen, controls } = post;
  const author = by === 'bot' ? drawBoth(BOT) : safe(nameOf(by, people));
  const { lines, hints } = bareOf(post);
  const drawn = controls.map((control) => drawControl(control, live.has(control), hints)).join('');
  return `<article class="${by === 'bot' ? `bot ${toneOf(seen.mark)}` : 'person'}" data-post="${safe(id)}"><p class="by">${author}</p>${drawSeen({ ...seen, lines, mentions: calledBelow(post) })}${drawn && `<div class="controls">${drawn}</div>`}${drawTime(at)}</article>`;
}

export function drawMiss({ at, id, words }: Miss): string {
  return `<p class="refused" data-post="${safe(id)}"><b>未送达 <span lang="en">Failed</span></b> ${drawBoth(words)}${drawTime(at)}</p>`;
}

/** Somebody of whom only the id is known is called by that. */
export function nameOf(id: string, people: Workplace['people']): string {
  return people.find((person) => person.id === id)?.name ?? id;
}

/** A person types whom they call, so it need not be said again below. */
function calledBelow({ seen: { lines, mentions } }: Post): string[] {
  return mentions.filter((mention) => !lines.some((line) => line.includes(mention)));
}
