import { type Card, type Mention, SEVERITY_ICONS } from '../card';
import {
  formatControls,
  formatMarkdownFact,
  formatMarkdownLink,
  formatMarkdownQuote,
  formatMention,
} from '../card-text';
import type { Payload } from '../channel';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';
import { truncate } from '../text';

/** Markdown may have 4096 bytes (path/99110); the JSON around it counts for us too, which is on the safe side. */
export const LIMIT = 4096;
/** A text may have 2048. */
export const PLAIN_LIMIT = 2048;

const TITLE = 200;
/** In one text and in all: who is beyond that is named in the markdown, but not called. */
const MOST_CALLED = 20;
const MOST_CALLED_IN_ALL = 100;
const CALLABLE = /^[\w.@+-]{1,64}$/;

/**
 * No escape is documented, and its sister WeChat shows entities as they are and swallows what follows a `<`. So we write
 * what looks the same: a full-width `＜`, another grave accent, and nothing wide (U+200B) where markup would begin.
 */
const NOTHING = '\u200b';
const MARKUP = /[<`]|\*(?=\*)|\](?=\()|^[ \t]*(?=[#>])/m;
const ALL_MARKUP = new RegExp(MARKUP, 'gm');

const look: Dialect = {
  escape: (text) => (MARKUP.test(text) ? text.replace(ALL_MARKUP, lookAlike) : text),
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text.replaceAll('<', '＜')}\``,
  link: (label, url) => `[${label}](${url})`,
  newline: '\n',
};

/** A card as markdown, and as short texts in addition where someone is called whom markdown cannot call. */
export function render(card: Card): Payload[] {
  const shown = splitCard(card, { maxBytes: LIMIT, maxTitleLength: TITLE }, drawMessage);
  const callers = (card.mentions ?? []).filter((mention) => !handleOf(mention)).filter(isCallable);
  return [...shown, ...groupsOf(MOST_CALLED, callers.slice(0, MOST_CALLED_IN_ALL)).map((group) => call(card, group))];
}

/** Words as a text, where `<@userid>` would call somebody. */
export function renderPlain(text: string): Payload {
  return { msgtype: 'text', text: { content: text.replaceAll('<', '＜') } };
}

function drawMessage(card: Card): Payload {
  const blocks = [`### ${look.escape(`${SEVERITY_ICONS[card.severity]} ${card.title}`)}`];
  if (card.summary) blocks.push(formatMarkdownFact(card.summary, look));
  if (card.text) blocks.push(formatMarkdown(card.text, look));
  if (card.facts?.length) blocks.push(card.facts.map((fact) => formatMarkdownFact(fact, look)).join('\n'));
  if (card.quote) blocks.push(formatMarkdownQuote(card.quote, look));
  for (const line of formatControls(card)) blocks.push(formatVerbatim(line, look));
  for (const link of card.links ?? []) blocks.push(formatMarkdownLink(link, look));
  if (card.mentions?.length) blocks.push(card.mentions.map(drawMention).join(' '));
  return { msgtype: 'markdown', markdown: { content: blocks.join('\n') } };
}

function drawMention(mention: Mention): string {
  const handle = handleOf(mention);
  return handle ? `<@${handle}>` : look.escape(formatMention(mention));
}

/** Whom markdown can call: one person by user id. Everyone and mobile numbers need a text. */
function handleOf(mention: Mention): string | undefined {
  return 'id' in mention && CALLABLE.test(mention.id) && mention.id !== 'all' ? mention.id : undefined;
}

function isCallable(mention: Mention): boolean {
  return 'everyone' in mention || ('mobile' in mention && CALLABLE.test(mention.mobile));
}

/** A text may have 2048 bytes, and `<@userid>` calls in a text, too. */
function call(card: Card, mentions: Mention[]): Payload {
  const content = truncate(look.escape(`${SEVERITY_ICONS[card.severity]} ${card.title.replace(/[\r\n]+/g, ' ')}`), 200);
  const mobiles = mentions.flatMap((mention) => ('mobile' in mention ? mention.mobile : []));
  const all = mentions.some((mention) => 'everyone' in mention) ? { mentioned_list: ['@all'] } : {};
  return { msgtype: 'text', text: { content, ...all, ...(mobiles.length && { mentioned_mobile_list: mobiles }) } };
}

function groupsOf<T>(size: number, all: T[]): T[][] {
  return all.length ? [all.slice(0, size), ...groupsOf(size, all.slice(size))] : [];
}

function lookAlike(sign: string): string {
  if (sign === '<') return '＜';
  return sign === '`' ? 'ˋ' : sign + NOTHING;
}
