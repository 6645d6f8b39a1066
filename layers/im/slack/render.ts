import type { Card, Fact, Link, Mention, Severity } from '../card';
import type { Payload } from '../channel';
import { isWeb, target } from '../markdown';
import { parts } from '../parts';
import { pressable, printLink, printMention, printout } from '../printout';
import { MARKS } from '../severity';
import { byteLength, fitting, split } from '../text';
import { drawText, escaped, look, textObject } from './mrkdwn';

/** Not Slack's limit but ours: somewhere above 13,000 characters it answers msg_blocks_too_long. */
export const LIMIT = 12_000;
/** Far from the 40,000 characters where Slack cuts a text. */
export const PLAIN_LIMIT = 12_000;

/** Limits of Block Kit: a header's text, a section's text, a field, fields of a section, buttons of one row. */
export const HEADER = 150;
const SECTION = 3000;
const FIELD = 2000;
const FIELDS = 10;
const MOST_BUTTONS = 5;
const BUTTON = 75;
const PERSON = /^[UW][A-Z0-9]{1,30}$/;
const GROUP = /^S[A-Z0-9]{1,30}$/;

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: '#d00000',
  warning: '#f2a60c',
  info: '#1d70b8',
  resolved: '#2eb67d',
};

/**
 * A card as Block Kit. Title and mentions stand outside of the coloured attachment: a header in an attachment is refused,
 * and who is mentioned in one is not told. `text` is what notifications show, where no colour is seen.
 */
export function render(card: Card): Payload[] {
  return parts(card, { limit: LIMIT, title: HEADER }, drawMessage);
}

/** Words as a text without blocks, where an unescaped `<!channel>` would call everyone. */
export function plain(text: string): Payload {
  return { text: escaped(text) };
}

/** A message as Slack takes it. */
export interface Message extends Payload {
  text: string;
  blocks: Payload[];
  attachments?: { color: string; blocks: Payload[] }[];
}

export function drawMessage(card: Card): Message {
  return { text: notice(card), blocks: [header(card.title), ...callsOf(card)], ...coloured(card, bodyOf(card)) };
}

/** The same without the coloured attachment, in which nobody says that a form can stand; the mark is in the title instead. */
export function drawOpen(card: Card): Message {
  const text = notice(card);
  const title = `${MARKS[card.severity]} ${card.title}`;
  return { text, blocks: [header(title), ...callsOf(card), ...bodyOf(card)] };
}

/** Blocks with the colour of the card beside them; nothing where there are none. */
export function coloured({ severity }: Card, blocks: Payload[]): Pick<Message, 'attachments'> {
  return blocks.length ? { attachments: [{ color: COLOURS[severity], blocks }] } : {};
}

function notice({ severity, title }: Card): string {
  return escaped(`${MARKS[severity]} ${title}`);
}

function header(title: string): Payload {
  return { type: 'header', text: { type: 'plain_text', text: title, emoji: false } };
}

function callsOf({ mentions = [] }: Card): Payload[] {
  return sections(mentions.map(drawMention).join(' '), (text) => ({ type: 'mrkdwn', text }));
}

function bodyOf(card: Card): Payload[] {
  const { buttons, others } = pressable(card.links, MOST_BUTTONS);
  const blocks: Payload[] = [];
  if (card.text) blocks.push(...sections(card.text, drawText));
  if (card.facts?.length) blocks.push(...factSections(card.facts));
  if (card.quote) blocks.push(...sections(card.quote, textObject));
  const lines = [...printout(card), ...others.filter((link) => !drawLink(link)).map(printLink)];
  blocks.push(...sections(lines.join('\n'), textObject), ...linkSections(others));
  if (buttons.length) blocks.push({ type: 'actions', elements: buttons.map(button) });
  return blocks;
}

/** One section, or several where the text is too long for one; halved before it is drawn, so that no escape is torn. */
function sections(text: string, write: (text: string) => Payload): Payload[] {
  if (text.trim() === '') return [];
  const drawn = write(text);
  if (String(drawn.text).length <= SECTION) return [{ type: 'section', text: drawn }];
  return halves(text).flatMap((half) => sections(half, write));
}

function halves(text: string): string[] {
  return split(text, Math.max(4, Math.ceil(byteLength(text) / 2)));
}

/** Short facts side by side, ten to a section; a long one has a section of its own. */
function factSections(facts: readonly Fact[]): Payload[] {
  const blocks: Payload[] = [];
  let fields: Payload[] = [];
  for (const fact of facts) {
    const drawn = textObject(fact.value, fact.label);
    if (String(drawn.text).trim() === '') continue;
    const isLong = String(drawn.text).length > FIELD;
    if (isLong || fields.length === FIELDS) fields = [];
    if (isLong) blocks.push(...sections(fact.value, (value) => textObject(value, fact.label)));
    else if (fields.push(drawn) === 1) blocks.push({ type: 'section', fields });
  }
  return blocks;
}

function button({ label, url }: Link): Payload {
  const text = label.length > BUTTON ? `${label.slice(0, fitting(label, 60))}…` : label;
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, url };
}

/** Links beyond the buttons, in as few sections as hold them whole. */
function linkSections(links: Link[]): Payload[] {
  const texts: string[] = [];
  for (const drawn of links.map(drawLink)) {
    const last = texts.at(-1);
    if (!drawn) continue;
    if (last !== undefined && last.length + drawn.length < SECTION) texts[texts.length - 1] = `${last}\n${drawn}`;
    else texts.push(drawn);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

/** Empty where Slack would not take it as a link. */
function drawLink({ label, url }: Link): string {
  const drawn = isWeb(url) && label.trim() ? look.link(escaped(label), target(url)) : '';
  return drawn.length < SECTION ? drawn : '';
}

function drawMention(mention: Mention): string {
  if ('everyone' in mention) return '<!channel>';
  if ('id' in mention && PERSON.test(mention.id)) return `<@${mention.id}>`;
  if ('id' in mention && GROUP.test(mention.id)) return `<!subteam^${mention.id}>`;
  return escaped(printMention(mention));
}
