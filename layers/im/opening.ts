import type { Card } from './card';
import { largestFitting } from './fit';
import { printButton, printFact, printForm, printLink, printMention } from './printout';

/** More to press or to call than this belongs into the text. */
const MOST_EXTRAS = 100;

/**
 * What stands in the first message only: title, lead, mentions, links, buttons and form, as far as they fit; and what of them
 * is too much for one message, as lines of text that may continue in the next.
 */
export function firstMessage(card: Card, fits: (card: Card) => boolean): { first: Card; over: string[] } {
  let first: Card = { title: card.title, severity: card.severity };
  const over: string[] = [];
  keep(card.summary && [card.summary], ([summary]) => (summary ? { ...first, summary } : first), printFact);
  keep(card.mentions, (mentions) => ({ ...first, mentions }), printMention);
  keep(card.links, (links) => ({ ...first, links }), printLink);
  keep(card.buttons, (buttons) => ({ ...first, buttons }), printButton);
  keep(card.form && [card.form], ([form]) => (form ? { ...first, form } : first), printForm);
  return { first, over };

  function keep<Extra>(extras: Extra[] = [], put: (kept: Extra[]) => Card, print: (extra: Extra) => string) {
    const count = largestFitting(Math.min(extras.length, MOST_EXTRAS), (count) => fits(put(extras.slice(0, count))));
    first = count > 0 ? put(extras.slice(0, count)) : first;
    for (const extra of extras.slice(count)) over.push(print(extra));
  }
}
