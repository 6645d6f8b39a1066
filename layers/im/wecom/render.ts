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

/** Markdown may have 4096 bytes (path/99110); we count the JSON around it too, which is on the safe side. */
export const MAX_BYTES = 4096;
/** A text may have 2048. */
export const MAX_PLAIN_BYTES = 2048;
const MAX_TITLE_LENGTH = 200;
/** In one text and in all; people beyond that are named in the markdown without a notification. */
const MAX_MENTIONS_PER_TEXT = 20;
const MAX_MENTIONS = 100;
const USER_ID_OR_MOBILE = /^[\w.@+-]{1,64}$/;

/**
 * No escape is documented, and its sister WeChat shows entities as they are and swallows what follows a `<`. So markup becomes
 * a look-alike: a full-width `＜`, another grave accent, and a zero-width space (U+200B) where markup would begin.
 */
const ZERO_WIDTH_SPACE = '\u200b';
const MARKUP = /[<`]|\*(?=\*)|\](?=\()|^[ \t]*(?=[#>])/m;
const ALL_MARKUP = new RegExp(MARKUP, 'gm');

const MARKDOWN: Dialect = {
  escape: (text) => (MARKUP.test(text) ? text.replace(ALL_MARKUP, lookAlike) : text),
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text.replaceAll('<', '＜')}\``,
  link: (label, url) => `[${label}](${url})`,
  newline: '\n',
};

/** Renders a card as markdown, and as additional short texts for mentions that markdown cannot contain. */
export function render(card: Card): Payload[] {
  const messages = splitCard(card, { maxBytes: MAX_BYTES, maxTitleLength: MAX_TITLE_LENGTH }, renderMessage);
  const inTexts = (card.mentions ?? []).filter(isForText).slice(0, MAX_MENTIONS);
  const starts = inTexts.flatMap((_, index) => (index % MAX_MENTIONS_PER_TEXT === 0 ? [index] : []));
  const groups = starts.map((start) => inTexts.slice(start, start + MAX_MENTIONS_PER_TEXT));
  return [...messages, ...groups.map((group) => mentionText(card, group))];
}

/** A text, in which `<@userid>` would mention someone. */
export function renderPlain(text: string): Payload {
  return { msgtype: 'text', text: { content: text.replaceAll('<', '＜') } };
}

function renderMessage(card: Card): Payload {
  const { title, severity, summary, text, facts = [], quote, links = [], mentions = [] } = card;
  const lines = [`### ${MARKDOWN.escape(`${SEVERITY_ICONS[severity]} ${title}`)}`];
  if (summary) lines.push(formatMarkdownFact(summary, MARKDOWN));
  if (text) lines.push(formatMarkdown(text, MARKDOWN));
  lines.push(...facts.map((fact) => formatMarkdownFact(fact, MARKDOWN)));
  if (quote) lines.push(formatMarkdownQuote(quote, MARKDOWN));
  lines.push(...formatControls(card).map((line) => formatVerbatim(line, MARKDOWN)));
  lines.push(...links.map((link) => formatMarkdownLink(link, MARKDOWN)));
  if (mentions.length) lines.push(mentions.map(formatWecomMention).join(' '));
  return { msgtype: 'markdown', markdown: { content: lines.join('\n') } };
}

/** Markdown can mention one person by user id. Everyone and mobile numbers need a text. */
function formatWecomMention(mention: Mention): string {
  const isUser = 'id' in mention && USER_ID_OR_MOBILE.test(mention.id) && mention.id !== 'all';
  return isUser ? `<@${mention.id}>` : MARKDOWN.escape(formatMention(mention));
}

function isForText(mention: Mention): boolean {
  return 'everyone' in mention || ('mobile' in mention && USER_ID_OR_MOBILE.test(mention.mobile));
}

function mentionText({ title, severity }: Card, mentions: Mention[]): Payload {
  const line = `${SEVERITY_ICONS[severity]} ${title.replace(/[\r\n]+/g, ' ')}`;
  const content = truncate(MARKDOWN.escape(line), 200);
  const mobiles = mentions.flatMap((mention) => ('mobile' in mention ? mention.mobile : []));
  const all = mentions.some((mention) => 'everyone' in mention) ? { mentioned_list: ['@all'] } : {};
  return { msgtype: 'text', text: { content, ...all, ...(mobiles.length && { mentioned_mobile_list: mobiles }) } };
}

function lookAlike(sign: string): string {
  if (sign === '<') return '＜';
  return sign === '`' ? 'ˋ' : sign + ZERO_WIDTH_SPACE;
}
