import type { Card, Link, Mention, Severity } from '../card';
import {
  formatControls,
  formatMarkdownFact,
  formatMarkdownLink,
  formatMarkdownQuote,
  formatMention,
  selectLinkButtons,
} from '../card-text';
import type { Payload } from '../channel';
import { createEscaper } from '../escape';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';

/** The whole request may have 20 KB (add-custom-bot); the rest is for `timestamp` and `sign`. */
export const LIMIT = 18_000;
/** Half of it, so that a message which was too long is not so once more. */
export const PLAIN_LIMIT = 9_000;

export const TITLE = 300;
const MOST_BUTTONS = 5;
const CALLABLE = /^[\w-]{1,64}$/;

const TEMPLATES: Readonly<Record<Severity, string>> = {
  critical: 'red',
  warning: 'orange',
  info: 'blue',
  resolved: 'green',
};

/** Numeric entities are the documented escape ("rich text", JSON 2.0); `:` and `$` start an emoji and a formula. */
const escaped = createEscaper('\\\\*`[\\]|~_<>&$', (sign) => `&#${sign.charCodeAt(0)};`);
const EMOJI = /:(?=[A-Z][A-Za-z]*:)/g;

/** A text reads `<at user_id="all">` and `[label](url)`, and knows no escape. */
const MARKUP_IN_TEXT = /<(?=\s*\/?\s*at\b)|\](?=\()/gi;

export const look: Dialect = {
  escape: (text) => escaped(text).replace(EMOJI, '&#58;'),
  bold: (text) => `**${text}**`,
  // Entities are not read inside of code, and whether `<at>` is, nobody says: a look-alike calls nobody for sure.
  code: (text) => `\`${text.replaceAll('<', '＜')}\``,
  link: (label, url) => `[${label}](${url})`,
  newline: '\n',
};

/** A card as an interactive card in JSON 2.0, where buttons stand in the body and only links can be pressed. */
export function render(card: Card): Payload[] {
  return splitCard(card, { maxBytes: LIMIT, maxTitleLength: TITLE }, drawMessage);
}

/** Words as a text: a look-alike calls nobody, and nothing wide (U+200B) is in the way of a link. */
export function renderPlain(text: string): Payload {
  const words = text.replace(MARKUP_IN_TEXT, (sign) => (sign === '<' ? '＜' : `${sign}\u200b`));
  return { msg_type: 'text', content: { text: words } };
}

function drawMessage(card: Card): Payload {
  return { msg_type: 'interactive', card: { schema: '2.0', ...drawCard(card, printControls) } };
}

/** Header and body of a card. What can be pressed and filled in differs: a webhook can only print it. */
export function drawCard(card: Card, drawControls: (card: Card) => Payload[]): Payload {
  const header = { title: plainText(card.title), template: TEMPLATES[card.severity] };
  return { header, body: { elements: elementsOf(card, drawControls) } };
}

/** Buttons and form as words to type. */
function printControls(card: Card): Payload[] {
  return formatControls(card).map((line) => markdown(formatVerbatim(line, look)));
}

function elementsOf(card: Card, drawControls: (card: Card) => Payload[]): Payload[] {
  const { buttons, others } = selectLinkButtons(card.links, MOST_BUTTONS);
  const elements: Payload[] = [];
  if (card.summary) elements.push(markdown(formatMarkdownFact(card.summary, look)));
  if (card.text) elements.push(markdown(formatMarkdown(card.text, look)));
  if (card.facts?.length) elements.push(markdown(card.facts.map((fact) => formatMarkdownFact(fact, look)).join('\n')));
  if (card.quote) elements.push(markdown(formatMarkdownQuote(card.quote, look)));
  elements.push(...drawControls(card));
  if (others.length) elements.push(markdown(others.map((link) => formatMarkdownLink(link, look)).join('\n')));
  if (card.mentions?.length) elements.push(markdown(card.mentions.map(drawMention).join(' ')));
  // Nothing says that a body may be empty.
  if (elements.length === 0) elements.push(markdown(look.escape(card.title)));
  return [...elements, ...buttons.map(button)];
}

export function markdown(content: string): Payload {
  return { tag: 'markdown', content };
}

export function plainText(content: string): Payload {
  return { tag: 'plain_text', content };
}

function button({ label, url }: Link): Payload {
  return { tag: 'button', text: plainText(label), behaviors: [{ type: 'open_url', default_url: url }] };
}

/** A custom bot can call by open_id or user_id, but look nobody up by mobile. */
function drawMention(mention: Mention): string {
  if ('everyone' in mention) return '<at id=all></at>';
  const isCallable = 'id' in mention && CALLABLE.test(mention.id) && mention.id !== 'all';
  return isCallable ? `<at id=${mention.id}></at>` : look.escape(formatMention(mention));
}
