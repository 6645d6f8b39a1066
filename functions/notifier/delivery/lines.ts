import { type Card, cut, MARKS, wordsOf } from '@casebell/im';
import type { Say } from '../../../plugins/formatter';
import type { Item } from './item';
import { WORDS } from './words';

/** UTF-8 bytes: fifty Chinese characters of a title say what it is about. */
const LINE = 160;
/** So that the gravest event leaves room for the others. */
const FULL = 1_500;

/** One event as one line. */
export const lineOf = ({ card }: Item): string =>
  `${MARKS[card.severity]} ${cut(card.title.replace(/\s*[\r\n]+\s*/g, ' '), LINE)}`;

/** All that a card says, as plain text; its links and mentions are the digest's own. */
export function inFull({ links: _, mentions: __, ...card }: Card, say: Say): string {
  return `${say.t(WORDS.gravest)}: ${cut(wordsOf(card), FULL)}`;
}
