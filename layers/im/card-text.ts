import {
  type Button,
  type Card,
  type Fact,
  type Field,
  type Form,
  type Link,
  type Mention,
  SEVERITY_ICONS,
} from './card';
import type { Payload, WebhookPlatform } from './channel';
import { type Dialect, encodeLinkTarget, formatMarkdown, formatVerbatim, isHttpUrl } from './markdown';
import { byteLength, largestFitting, truncate } from './text';

/** AWS Support has services with this many categories; a longer list is not read and leaves no room for the rest of the form. */
const MAX_LISTED_OPTIONS = 40;
/** Control characters and lone surrogates: what WeCom's error 40033 may be about. */
const UNPRINTABLE = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** Card.text without its markdown. */
const PLAIN: Dialect = {
  escape: (text) => text,
  bold: (text) => text,
  code: (text) => text,
  link: (label, url) => (encodeLinkTarget(label) === url ? label : `${label} (${url})`),
  newline: '\n',
};

/** One message with as much of a card's text as fits: the last resort, so nothing in it can be rejected. */
export function plainTextMessage(card: Card, { renderPlain, maxPlainBytes }: WebhookPlatform): Payload {
  const text = toPlainText(card);
  const within = (maxBytes: number) => renderPlain(truncate(text, maxBytes));
  return within(largestFitting(maxPlainBytes, (bytes) => byteLength(JSON.stringify(within(bytes))) <= maxPlainBytes));
}

/** A card as lines of plain text. The end is what gets cut, so the quote, which may be long, is last. */
export function toPlainText(card: Card): string {
  const lines = [`${SEVERITY_ICONS[card.severity]} ${card.title.replace(/[\r\n]+/g, ' ')}`];
  if (card.summary) lines.push(formatFact(card.summary));
  if (card.text) lines.push(formatMarkdown(card.text, PLAIN));
  lines.push(...(card.facts ?? []).map(formatFact), ...(card.links ?? []).map(formatLink), ...formatControls(card));
  if (card.mentions?.length) lines.push(card.mentions.map(formatMention).join(' '));
  if (card.quote) lines.push(card.quote);
  return lines.join('\n').replace(UNPRINTABLE, ' ');
}

/** Buttons and form as the text one would type instead, for a webhook, where nothing can be pressed. */
export function formatControls(card: Card): string[] {
  const lines = (card.buttons ?? []).map(formatButton);
  if (card.form) lines.push(formatForm(card.form));
  return lines;
}

/** A command of several lines begins on its own line, so that it can be copied as a whole. */
export function formatButton({ label, command }: Button): string {
  return `${label}:${command.includes('\n') ? '\n' : ' '}${command}`;
}

/** The command and its `name: value` lines, as the case bot reads them; a choice lists its options. */
export function formatForm(form: Form): string {
  return [`${form.instructions ?? form.submit}:`, form.command, ...form.fields.map(formatField)].join('\n');
}

function formatField({ name, label, value, options = [], hint }: Field): string {
  const isListed = options.length > 0 && options.length <= MAX_LISTED_OPTIONS;
  const offered = isListed ? options.map((option) => option.value).join(' | ') : `(${hint ?? label})`;
  return `${name}: ${value ?? offered}`;
}

export function formatFact({ label, value }: Fact): string {
  return label ? `${label}: ${value}` : value;
}

export function formatLink({ label, url }: Link): string {
  return `${label}: ${url}`;
}

/** The name as plain text, where the platform cannot mention that person. */
export function formatMention(mention: Mention): string {
  if ('everyone' in mention) return '@all';
  return `@${'mobile' in mention ? mention.mobile : mention.name || mention.id}`;
}

/** The links that a platform takes as buttons, and the others, which are shown as text. */
export function selectLinkButtons(
  links: readonly Link[] = [],
  maxButtons: number,
): { buttons: Link[]; others: Link[] } {
  const buttons: Link[] = [];
  const others: Link[] = [];
  for (const link of links) {
    const isButton = buttons.length < maxButtons && link.label.trim() !== '' && isHttpUrl(link.url);
    (isButton ? buttons : others).push(link);
  }
  return { buttons, others };
}

/** A fact as one line of markdown: `**label**: value`. */
export function formatMarkdownFact({ label, value }: Fact, dialect: Dialect): string {
  const shown = formatVerbatim(value, dialect);
  return label ? `${dialect.bold(dialect.escape(label))}: ${shown}` : shown;
}

/** A link as one line of markdown; one that is not http or https is shown as text. */
export function formatMarkdownLink(link: Link, dialect: Dialect): string {
  if (!link.label.trim() || !isHttpUrl(link.url)) return formatVerbatim(formatLink(link), dialect);
  return dialect.link(dialect.escape(link.label), encodeLinkTarget(link.url));
}

/** Someone else's words as a markdown quote, every line marked. */
export function formatMarkdownQuote(quote: string, dialect: Dialect): string {
  return `> ${formatVerbatim(quote, dialect).replaceAll('\n', '\n> ')}`;
}
