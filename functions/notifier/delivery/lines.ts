import { type Card, SEVERITY_ICONS, toPlainText, truncate } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
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
    const text = `${SEVERITY_ICONS[card.severity]} ${truncate(oneLine(card.title), LINE)}`;
    const known = lines.get(text);
    if (known) known.count += 1;
    else lines.set(text, { text, count: 1 });
  }
  return [...lines.values()];
}

export const printLine = ({ text, count }: Line): string => (count > 1 ? `${text} × ${count}` : text);

/** All that a card says, as plain text; its links, its mentions and what it comes to are the digest's own. */
export function inFull({ links: _, mentions: __, summary: ___, ...card }: Card, locale: Locale): string {
  return `${locale.t(WORDS.gravest)}: ${truncate(toPlainText(card), FULL)}`;
}
