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
export const MAX_BYTES = 18_000;
/** Half of it, so that the plain form of a message that was too long is short enough. */
export const MAX_PLAIN_BYTES = 9_000;

export const MAX_TITLE_LENGTH = 300;
const MAX_LINK_BUTTONS = 5;
const USER_ID = /^[\w-]{1,64}$/;

const TEMPLATES: Readonly<Record<Severity, string>> = {
  critical: 'red',
  warning: 'orange',
  info: 'blue',
  resolved: 'green',
};

/** Numeric entities are the documented escape ("rich text", JSON 2.0); `:` and `$` start an emoji and a formula. */
const escaped = createEscaper('\\\\*`[\\]|~_<>&$', (sign) => `&#${sign.charCodeAt(0)};`);
const EMOJI = /:(?=[A-Z][A-Za-z]*:)/g;

/** A text message interprets `<at user_id="all">` and `[label](url)`, and has no escape. */
const MARKUP_IN_TEXT = /<(?=\s*\/?\s*at\b)|\](?=\()/gi;

export const dialect: Dialect = {
  escape: (text) => escaped(text).replace(EMOJI, '&#58;'),
  bold: (text) => `**${text}**`,
  // Entities are not interpreted in code, and whether `<at>` is, is undocumented: a look-alike mentions no one for sure.
  code: (text) => `\`${text.replaceAll('<', '＜')}\``,
  link: (label, url) => `[${label}](${url})`,
  newline: '\n',
};

/** A card as an interactive card in JSON 2.0, where buttons are part of the body and only links can be pressed. */
export function render(card: Card): Payload[] {
  return splitCard(card, { maxBytes: MAX_BYTES, maxTitleLength: MAX_TITLE_LENGTH }, renderMessage);
}

/** A text message: a look-alike of `<` mentions no one, and a zero-width space (U+200B) breaks up links. */
export function renderPlain(text: string): Payload {
  const safe = text.replace(MARKUP_IN_TEXT, (sign) => (sign === '<' ? '＜' : `${sign}\u200b`));
  return { msg_type: 'text', content: { text: safe } };
}

function renderMessage(card: Card): Payload {
  return { msg_type: 'interactive', card: { schema: '2.0', ...renderCard(card, renderControlsAsText) } };
}

/** Header and body of a card. Controls differ: a bot's can be used, a webhook's are text. */
export function renderCard(card: Card, renderControls: (card: Card) => Payload[]): Payload {
  const header = { title: plainText(card.title), template: TEMPLATES[card.severity] };
  return { header, body: { elements: renderElements(card, renderControls) } };
}

function renderControlsAsText(card: Card): Payload[] {
  return formatControls(card).map((line) => markdown(formatVerbatim(line, dialect)));
}

function renderElements(card: Card, renderControls: (card: Card) => Payload[]): Payload[] {
  const { buttons, others } = selectLinkButtons(card.links, MAX_LINK_BUTTONS);
  const elements: Payload[] = [];
  if (card.summary) elements.push(markdown(formatMarkdownFact(card.summary, dialect)));
  if (card.text) elements.push(markdown(formatMarkdown(card.text, dialect)));
  if (card.facts?.length) elements.push(markdown(lines(card.facts, formatMarkdownFact)));
  if (card.quote) elements.push(markdown(formatMarkdownQuote(card.quote, dialect)));
  elements.push(...renderControls(card));
  if (others.length) elements.push(markdown(lines(others, formatMarkdownLink)));
  if (card.mentions?.length) elements.push(markdown(card.mentions.map(renderMention).join(' ')));
  // Whether a body may be empty is undocumented.
  if (elements.length === 0) elements.push(markdown(dialect.escape(card.title)));
  return [...elements, ...buttons.map(linkButton)];
}

function lines<Item>(items: readonly Item[], format: (item: Item, dialect: Dialect) => string): string {
  return items.map((item) => format(item, dialect)).join('\n');
}

export function markdown(content: string): Payload {
  return { tag: 'markdown', content };
}

export function plainText(content: string): Payload {
  return { tag: 'plain_text', content };
}

function linkButton({ label, url }: Link): Payload {
  return { tag: 'button', text: plainText(label), behaviors: [{ type: 'open_url', default_url: url }] };
}

/** A custom bot can mention by open_id or user_id, but find no user by mobile number. */
function renderMention(mention: Mention): string {
  if ('everyone' in mention) return '<at id=all></at>';
  const canMention = 'id' in mention && USER_ID.test(mention.id) && mention.id !== 'all';
  return canMention ? `<at id=${mention.id}></at>` : dialect.escape(formatMention(mention));
}
