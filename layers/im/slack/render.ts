import { type Card, type Mention, SEVERITY_ICONS, type Severity } from '../card';
import { formatMention } from '../card-text';
import type { Payload } from '../channel';
import { splitCard } from '../split-card';
import { bodyOf, sections } from './body';
import { escaped } from './mrkdwn';

/** Not Slack's limit but ours: somewhere above 13,000 characters it answers msg_blocks_too_long. */
export const LIMIT = 12_000;
/** Far from the 40,000 characters where Slack cuts a text. */
export const PLAIN_LIMIT = 12_000;

/** Limit of Block Kit: a header's text. */
export const HEADER = 150;
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
  return splitCard(card, { maxBytes: LIMIT, maxTitleLength: HEADER }, drawMessage);
}

/** Words as a text without blocks, where an unescaped `<!channel>` would call everyone. */
export function renderPlain(text: string): Payload {
  return { text: escaped(text) };
}

/** A message as Slack takes it. */
export interface Message extends Payload {
  text: string;
  blocks: Payload[];
  attachments?: { color: string; blocks: Payload[] }[];
}

/** One message: what is in the attachment has the colour of the card beside it. */
export function drawMessage(card: Card): Message {
  return { text: notice(card), blocks: [header(card.title), ...callsOf(card)], ...coloured(card, bodyOf(card)) };
}

/** The same without the coloured attachment, in which nobody says that a form can stand; the mark is in the title instead. */
export function drawOpen(card: Card): Message {
  const text = notice(card);
  const title = `${SEVERITY_ICONS[card.severity]} ${card.title}`;
  return { text, blocks: [header(title), ...callsOf(card), ...bodyOf(card)] };
}

/** Blocks with the colour of the card beside them; nothing where there are none. */
export function coloured({ severity }: Card, blocks: Payload[]): Pick<Message, 'attachments'> {
  return blocks.length ? { attachments: [{ color: COLOURS[severity], blocks }] } : {};
}

function notice({ severity, title }: Card): string {
  return escaped(`${SEVERITY_ICONS[severity]} ${title}`);
}

function header(title: string): Payload {
  return { type: 'header', text: { type: 'plain_text', text: title, emoji: false } };
}

function callsOf({ mentions = [] }: Card): Payload[] {
  return sections(mentions.map(drawMention).join(' '), (text) => ({ type: 'mrkdwn', text }));
}

function drawMention(mention: Mention): string {
  if ('everyone' in mention) return '<!channel>';
  if ('id' in mention && PERSON.test(mention.id)) return `<@${mention.id}>`;
  if ('id' in mention && GROUP.test(mention.id)) return `<!subteam^${mention.id}>`;
  return escaped(formatMention(mention));
}
