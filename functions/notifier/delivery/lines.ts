import { type Card, cut, MARKS, wordsOf } from '@casebell/im';
import type { Say } from '../../../plugins/formatter';
import type { Item } from './item';
import { WORDS } from './words';

/** UTF-8 bytes: fifty Chinese characters of a title say what it is about. */
const LINE = 160;
/** So that the gravest event leaves room for the others. */
const FULL = 1_500;

/** What some events have in common to a reader: mark and title. */
export interface Line {
  text: string;
  count: number;
}

/** Nobody who names an account, or titles a card, may write a row of his own. */
export const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ');

/** One line an event, or one for all that would read the same, in the order given. */
export function linesOf(items: readonly Item[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { card } of items) {
    const text = `${MARKS[card.severity]} ${cut(oneLine(card.title), LINE)}`;
    const known = lines.get(text);
    if (known) known.count += 1;
    else lines.set(text, { text, count: 1 });
  }
  return [...lines.values()];
}

export const printLine = ({ text, count }: Line): string => (count > 1 ? `${text} × ${count}` : text);

/** All that a card says, as plain text; its links, its mentions and what it comes to are the digest's own. */
export function inFull({ links: _, mentions: __, lead: ___, ...card }: Card, say: Say): string {
  return `${say.t(WORDS.gravest)}: ${cut(wordsOf(card), FULL)}`;
}
