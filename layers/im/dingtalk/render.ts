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
export const LIMIT = 18_000;
/** Half of it, so that a message which was too long is not so once more. */
export const PLAIN_LIMIT = 9_000;

export const TITLE = 300;
const MOST_BUTTONS = 5;
/** "at" takes 50 people (custom-robots-send-group-messages). */
const MOST_CALLED = 50;
const CALLABLE = /^[\w.+-]{1,64}$/;

/**
 * The document lists headings, quotes, bold, links and lists, and no escape. That a backslash works comes from alerting
 * tools that use it for `_*` and the backtick; entities work for `&nbsp;`, so we trust them for what would be a tag.
 */
const escaped = createEscaper('\\\\*`[\\]|~_<&', (sign) => ENTITIES[sign] ?? escapeWithBackslash(sign));
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '&': '&amp;' };

export const look: Dialect = {
  escape: escaped,
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  link: (label, url) => `[${label}](${url})`,
  // A lone newline is swallowed by the clients.
  newline: '  \n',
};

/** How a kind of robot offers buttons and forms. */
export interface Controls {
  /** Pressed like a link, so they stand before the links; as many as there is room for. */
  pressed(card: Card): Link[];
  /** What is to be read for all of them, in markdown. */
  lines(card: Card): string[];
}

/** Nobody hears a custom robot's buttons, so they are words. */
const PRINTED: Controls = {
  pressed: () => [],
  lines: (card) => formatControls(card).map((line) => formatVerbatim(line, look)),
};

/** A card as markdown; as an actionCard where links become buttons, which cannot call anyone by `at`. */
export function render(card: Card): Payload[] {
  return splitCard(card, { maxBytes: LIMIT, maxTitleLength: TITLE }, (part) => drawMessage(part, PRINTED));
}

/** Words as a text, in which only `at` calls people, and never the words. */
export function renderPlain(text: string): Payload {
  return { msgtype: 'text', text: { content: text } };
}

/** One message, whatever its size. */
export function drawMessage(card: Card, controls: Controls): Payload {
  const title = `${SEVERITY_ICONS[card.severity]} ${card.title}`;
  const room = card.mentions?.length ? 0 : MOST_BUTTONS;
  const own = controls.pressed(card).slice(0, room);
  const { buttons, others } = selectLinkButtons(card.links, room - own.length);
  const text = bodyOf(card, title, controls.lines(card), others);
  if (own.length + buttons.length > 0) {
    return { msgtype: 'actionCard', actionCard: { title, text, ...pressed([...own, ...buttons]) } };
  }
  const message = { msgtype: 'markdown', markdown: { title, text } };
  return card.mentions?.length ? { ...message, at: called(card.mentions) } : message;
}

function bodyOf(card: Card, title: string, lines: string[], links: Link[]): string {
  const blocks = [`#### ${escaped(title)}`];
  if (card.summary) blocks.push(formatMarkdownFact(card.summary, look));
  if (card.text) blocks.push(formatMarkdown(card.text, look));
  if (card.facts?.length) blocks.push(card.facts.map((fact) => formatMarkdownFact(fact, look)).join(look.newline));
  if (card.quote) blocks.push(formatMarkdownQuote(card.quote, look));
  blocks.push(...lines);
  if (links.length) blocks.push(links.map((link) => formatMarkdownLink(link, look)).join(look.newline));
  if (card.mentions?.length) blocks.push(card.mentions.map(drawMention).join(' '));
  return blocks.join('\n\n');
}

function pressed(links: Link[]): Payload {
  const btns = links.map(({ label, url }) => ({ title: label, actionURL: url }));
  const [only, second] = btns;
  if (only && !second) return { singleTitle: only.title, singleURL: only.actionURL };
  return { btnOrientation: '0', btns };
}

/** Only who stands in the text, too, is highlighted. */
function drawMention(mention: Mention): string {
  const handle = handleOf(mention);
  return handle ? `@${handle}` : escaped(formatMention(mention));
}

function called(mentions: Mention[]): Payload {
  const callable = mentions.filter(handleOf).slice(0, MOST_CALLED);
  return {
    atMobiles: callable.flatMap((mention) => ('mobile' in mention ? mention.mobile : [])),
    atUserIds: callable.flatMap((mention) => ('id' in mention ? mention.id : [])),
    isAtAll: mentions.some((mention) => 'everyone' in mention),
  };
}

function handleOf(mention: Mention): string | undefined {
  if ('everyone' in mention) return undefined;
  const handle = 'mobile' in mention ? mention.mobile : mention.id;
  return CALLABLE.test(handle) ? handle : undefined;
}
