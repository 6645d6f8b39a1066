import { type Card, type Fact, type Link, type Mention, SEVERITY_ICONS, type Severity } from '../card';
import { formatControls, formatLink, formatMention, selectLinkButtons } from '../card-text';
import type { Payload } from '../channel';
import { type Dialect, encodeLinkTarget, formatMarkdown, formatVerbatim, isHttpUrl } from '../markdown';
import { splitCard } from '../split-card';
import { byteLength, splitText, truncate, utf8Boundary } from '../text';

/** Not Slack's limit but ours: somewhere above 13,000 characters it answers msg_blocks_too_long. */
export const MAX_BYTES = 12_000;
/** Far from the 40,000 characters where Slack cuts a text. */
export const MAX_PLAIN_BYTES = 12_000;

/** Limits of Block Kit, in UTF-16 units: "Blocks" of docs.slack.dev. */
export const MAX_HEADER_LENGTH = 150;
const MAX_SECTION_LENGTH = 3000;
const MAX_FIELD_LENGTH = 2000;
const MAX_FIELDS_PER_SECTION = 10;
const MAX_BUTTONS_PER_ROW = 5;
export const MAX_BUTTON_LENGTH = 75;
/** In bytes, ours: the label is repeated in front of every piece of a long fact. */
const MAX_LABEL_BYTES = 300;

const USER_ID = /^[UW][A-Z0-9]{1,30}$/;
const USER_GROUP_ID = /^S[A-Z0-9]{1,30}$/;

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: '#d00000',
  warning: '#f2a60c',
  info: '#1d70b8',
  resolved: '#2eb67d',
};

/** A message as Slack takes it. */
export interface SlackMessage extends Payload {
  text: string;
  blocks: Payload[];
  attachments?: { color: string; blocks: Payload[] }[];
}

/**
 * Renders a card as Block Kit. Title and mentions are outside of the coloured attachment: Slack rejects a header in an
 * attachment, and does not notify people who are mentioned in one. `text` is what notifications show.
 */
export function render(card: Card): SlackMessage[] {
  return splitCard(card, { maxBytes: MAX_BYTES, maxTitleLength: MAX_HEADER_LENGTH }, renderMessage);
}

/** Text without blocks, where an unescaped `<!channel>` would notify everyone. */
export function renderPlain(text: string): Payload {
  return { text: escapeText(text) };
}

/** One message, its body in an attachment that has the colour of the severity. */
export function renderMessage(card: Card): SlackMessage {
  const blocks = [header(card.title), ...mentionSections(card)];
  return { text: notificationText(card), blocks, ...colouredAttachment(card, bodyBlocks(card)) };
}

/** The same without the attachment, because no document says that one may contain inputs; the severity is in the title. */
export function renderUncolouredMessage(card: Card): SlackMessage {
  const title = `${SEVERITY_ICONS[card.severity]} ${card.title}`;
  return { text: notificationText(card), blocks: [header(title), ...mentionSections(card), ...bodyBlocks(card)] };
}

export function colouredAttachment({ severity }: Card, blocks: Payload[]): Pick<SlackMessage, 'attachments'> {
  return blocks.length ? { attachments: [{ color: COLOURS[severity], blocks }] } : {};
}

function notificationText({ severity, title }: Card): string {
  return escapeText(`${SEVERITY_ICONS[severity]} ${title}`);
}

function header(title: string): Payload {
  return { type: 'header', text: { type: 'plain_text', text: title, emoji: false } };
}

function mentionSections({ mentions = [] }: Card): Payload[] {
  return sections(mentions.map(formatSlackMention).join(' '), (text) => ({ type: 'mrkdwn', text }));
}

function formatSlackMention(mention: Mention): string {
  if ('everyone' in mention) return '<!channel>';
  if ('id' in mention && USER_ID.test(mention.id)) return `<@${mention.id}>`;
  if ('id' in mention && USER_GROUP_ID.test(mention.id)) return `<!subteam^${mention.id}>`;
  return escapeText(formatMention(mention));
}

/** What is below the title: text, facts, quote and links. */
function bodyBlocks(card: Card): Payload[] {
  const { buttons, others } = selectLinkButtons(card.links, MAX_BUTTONS_PER_ROW);
  const { summary, text, facts = [], quote } = card;
  const blocks: Payload[] = [];
  if (summary) blocks.push(...sections(summary.value, (part) => textObject(part, summary.label)));
  if (text) blocks.push(...sections(text, ownText));
  blocks.push(...factSections(facts));
  if (quote) blocks.push(...sections(quote, textObject));
  const lines = [...formatControls(card), ...others.filter((link) => !linkText(link)).map(formatLink)];
  blocks.push(...sections(lines.join('\n'), textObject), ...linkSections(others));
  if (buttons.length) blocks.push({ type: 'actions', elements: buttons.map(linkButton) });
  return blocks;
}

/** One section, or several where the text is too long for one; it is halved before it is escaped, so that no escape is split. */
function sections(text: string, toTextObject: (text: string) => Payload): Payload[] {
  if (text.trim() === '') return [];
  const object = toTextObject(text);
  if (String(object.text).length <= MAX_SECTION_LENGTH) return [{ type: 'section', text: object }];
  const halves = splitText(text, Math.max(4, Math.ceil(byteLength(text) / 2)));
  return halves.flatMap((half) => sections(half, toTextObject));
}

/** Short facts next to each other, ten to a section; a long one has its own section. */
function factSections(facts: readonly Fact[]): Payload[] {
  const blocks: Payload[] = [];
  let fields: Payload[] = [];
  for (const { label, value } of facts) {
    const object = textObject(value, label);
    if (String(object.text).trim() === '') continue;
    const isLong = String(object.text).length > MAX_FIELD_LENGTH;
    if (isLong || fields.length === MAX_FIELDS_PER_SECTION) fields = [];
    if (isLong) blocks.push(...sections(value, (part) => textObject(part, label)));
    else if (fields.push(object) === 1) blocks.push({ type: 'section', fields });
  }
  return blocks;
}

function linkButton({ label, url }: Link): Payload {
  const text = label.length > MAX_BUTTON_LENGTH ? `${label.slice(0, utf8Boundary(label, 60))}…` : label;
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, url };
}

/** The links that are no buttons, in as few sections as hold them whole. */
function linkSections(links: Link[]): Payload[] {
  const texts: string[] = [];
  for (const text of links.map(linkText).filter(Boolean)) {
    const last = texts.at(-1);
    const isRoom = last !== undefined && last.length + text.length < MAX_SECTION_LENGTH;
    if (isRoom) texts[texts.length - 1] = `${last}\n${text}`;
    else texts.push(text);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

/** Empty where Slack would not take it as a link. */
function linkText({ label, url }: Link): string {
  const text = isHttpUrl(url) && label.trim() ? MRKDWN.link(escapeText(label), encodeLinkTarget(url)) : '';
  return text.length < MAX_SECTION_LENGTH ? text : '';
}

/**
 * What mrkdwn takes for formatting. It has no escape for it (only `& < >` are decoded), so such text is sent as plain_text,
 * which shows it character by character but makes no links.
 */
const FORMATTING = /`|(?:^|[^A-Za-z0-9])[*_~](?=\S)|^\s*[>＞]|(?<!\barn:[\w:-]*):[a-z+-][\w+'-]*:|:secret:/m;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Slack's own escape: without it `<!channel>` in a description would notify everyone. */
function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
}

const MRKDWN: Dialect = {
  escape: escapeText,
  bold: (text) => `*${text}*`,
  code: (text) => `\`${escapeText(text)}\``,
  link(label, url) {
    const address = escapeText(url);
    return label === address ? `<${address}>` : `<${address}|${label.replaceAll('|', '¦')}>`;
  },
  newline: '\n',
};

/** Our own words; `verbatim` keeps Slack from finding channel and user names in them. */
function ownText(text: string): Payload {
  return { type: 'mrkdwn', text: formatMarkdown(text, MRKDWN), verbatim: true };
}

/** Someone else's words, with a label in front where they are a fact. */
function textObject(words: string, wholeLabel = ''): Payload {
  const label = truncate(wholeLabel, MAX_LABEL_BYTES);
  if (FORMATTING.test(words) || FORMATTING.test(label)) {
    return { type: 'plain_text', text: label ? `${label}\n${words}` : words, emoji: false };
  }
  const text = formatVerbatim(words, MRKDWN);
  return { type: 'mrkdwn', text: label ? `*${escapeText(label)}*\n${text}` : text, verbatim: true };
}

/** The text of a control: one line, cut to that many UTF-16 units, which is what Slack counts here. */
export function controlText(text: string, maxLength: number): Payload {
  const line = text.replace(/\s+/g, ' ').trim() || '…';
  const end = utf8Boundary(line, byteLength(line.slice(0, maxLength - 1)));
  return { type: 'plain_text', text: line.length > maxLength ? `${line.slice(0, end)}…` : line, emoji: false };
}
