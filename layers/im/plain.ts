import type { Card } from './card';
import type { Payload, WebhookPlatform } from './channel';
import { largestFitting } from './fit';
import { draw, type Look, target } from './markdown';
import { printFact, printLink, printMention, printout } from './printout';
import { SEVERITY_ICONS } from './severity';
import { byteLength, truncate } from './text';

/** Control characters and torn surrogates: what WeCom's 40033 may be about. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** The small markdown of Card.text taken off again. */
const look: Look = {
  plain: (text) => text,
  bold: (text) => text,
  code: (text) => text,
  link: (label, url) => (target(label) === url ? label : `${label} (${url})`),
  newline: '\n',
};

/** One message with as many of a card's words as fit: the last resort, so there is nothing in it to take offence at. */
export function plainTextMessages(card: Card, { renderPlain, maxPlainBytes }: WebhookPlatform): Payload {
  const words = toPlainText(card);
  const within = (bytes: number) => renderPlain(truncate(words, bytes));
  return within(largestFitting(maxPlainBytes, (bytes) => byteLength(JSON.stringify(within(bytes))) <= maxPlainBytes));
}

/** A card's words as lines of plain text. What is cut is the end, so the quote, which may be long, stands last. */
export function toPlainText(card: Card): string {
  const lines = [`${SEVERITY_ICONS[card.severity]} ${card.title.replace(/[\r\n]+/g, ' ')}`];
  if (card.summary) lines.push(printFact(card.summary));
  if (card.text) lines.push(draw(card.text, look));
  lines.push(...(card.facts ?? []).map(printFact), ...(card.links ?? []).map(printLink), ...printout(card));
  if (card.mentions?.length) lines.push(card.mentions.map(printMention).join(' '));
  if (card.quote) lines.push(card.quote);
  return lines.join('\n').replace(UNPRINTABLE, ' ');
}
