import { type Card, type Link, type Mention, SEVERITY_ICONS } from '../card';
import {
  formatControls,
  formatMarkdownFact,
  formatMarkdownLink,
  formatMarkdownQuote,
  formatMention,
  selectLinkButtons,
} from '../card-text';
import type { Payload } from '../channel';
import { createEscaper, escapeWithBackslash } from '../escape';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';

/** The whole body may have 20,000 bytes (error 460101); the rest is for `msgUuid` and a keyword that is added once more. */
export const MAX_BYTES = 18_000;
/** Half of it, so that the plain form of a message that was too long is short enough. */
export const MAX_PLAIN_BYTES = 9_000;

export const MAX_TITLE_LENGTH = 300;
const MAX_BUTTONS = 5;
/** "at" takes 50 people (custom-robots-send-group-messages). */
const MAX_MENTIONS = 50;
const HANDLE = /^[\w.+-]{1,64}$/;

/**
 * The document lists headings, quotes, bold, links and lists, and no escape. That a backslash works comes from alerting
 * tools that use it for `_*` and the backtick; entities work for `&nbsp;`, so we trust them for what would be a tag.
 */
const escaped = createEscaper('\\\\*`[\\]|~_<&', (sign) => ENTITIES[sign] ?? escapeWithBackslash(sign));
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' };

export const dialect: Dialect = {
  escape: escaped,
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  link: (label, url) => `[${label}](${url})`,
  // The clients ignore a single newline.
  newline: '  \n',
};

/** How a kind of robot shows buttons and forms. */
export interface Controls {
  /** As links, which come before the card's links; as many as there is room for. */
  buttons(card: Card): Link[];
  /** All of them as text, in markdown. */
  lines(card: Card): string[];
}

/** A custom robot receives no presses, so its controls are text. */
const TEXT_CONTROLS: Controls = {
  buttons: () => [],
  lines: (card) => formatControls(card).map((line) => formatVerbatim(line, dialect)),
};

/** A card as markdown; as an actionCard where links become buttons, which cannot mention anyone by `at`. */
export function render(card: Card): Payload[] {
  const budget = { maxBytes: MAX_BYTES, maxTitleLength: MAX_TITLE_LENGTH };
  return splitCard(card, budget, (part) => renderMessage(part, TEXT_CONTROLS));
}

/** A text message, in which only `at` mentions people, and never the text. */
export function renderPlain(text: string): Payload {
  return { msgtype: 'text', text: { content: text } };
}

/** One message, whatever its size. */
export function renderMessage(card: Card, controls: Controls): Payload {
  const title = `${SEVERITY_ICONS[card.severity]} ${card.title}`;
  const maxButtons = card.mentions?.length ? 0 : MAX_BUTTONS;
  const pressable = controls.buttons(card).slice(0, maxButtons);
  const { buttons, others } = selectLinkButtons(card.links, maxButtons - pressable.length);
  const text = renderBody(card, title, controls.lines(card), others);
  if (pressable.length + buttons.length > 0)
    return { msgtype: 'actionCard', actionCard: { title, text, ...renderButtons([...pressable, ...buttons]) } };
  const message = { msgtype: 'markdown', markdown: { title, text } };
  return card.mentions?.length ? { ...message, at: renderAt(card.mentions) } : message;
}

function renderBody(card: Card, title: string, controls: string[], links: Link[]): string {
  const { newline } = dialect;
  const blocks = [`#### ${escaped(title)}`];
  if (card.summary) blocks.push(formatMarkdownFact(card.summary, dialect));
  if (card.text) blocks.push(formatMarkdown(card.text, dialect));
  if (card.facts?.length) blocks.push(card.facts.map((fact) => formatMarkdownFact(fact, dialect)).join(newline));
  if (card.quote) blocks.push(formatMarkdownQuote(card.quote, dialect));
  blocks.push(...controls);
  if (links.length) blocks.push(links.map((link) => formatMarkdownLink(link, dialect)).join(newline));
  if (card.mentions?.length) blocks.push(card.mentions.map(renderMention).join(' '));
  return blocks.join('\n\n');
}

function renderButtons(links: Link[]): Payload {
  const btns = links.map(({ label, url }) => ({ title: label, actionURL: url }));
  const [only, second] = btns;
  if (only && !second) return { singleTitle: only.title, singleURL: only.actionURL };
  return { btnOrientation: '0', btns };
}

/** A mention is highlighted only if it is in the text, too. */
function renderMention(mention: Mention): string {
  const handle = handleOf(mention);
  return handle ? `@${handle}` : escaped(formatMention(mention));
}

function renderAt(mentions: Mention[]): Payload {
  const mentioned = mentions.filter(handleOf).slice(0, MAX_MENTIONS);
  return {
    atMobiles: mentioned.flatMap((mention) => ('mobile' in mention ? mention.mobile : [])),
    atUserIds: mentioned.flatMap((mention) => ('id' in mention ? mention.id : [])),
    isAtAll: mentions.some((mention) => 'everyone' in mention),
  };
}

function handleOf(mention: Mention): string | undefined {
  if ('everyone' in mention) return undefined;
  const handle = 'mobile' in mention ? mention.mobile : mention.id;
  return HANDLE.test(handle) ? handle : undefined;
}
