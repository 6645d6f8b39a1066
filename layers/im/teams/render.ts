import type { Card, Link, Mention, Severity } from '../card';
import { formatControls, formatMarkdownFact, formatMarkdownLink, formatMention, selectLinkButtons } from '../card-text';
import type { Payload } from '../channel';
import { createEscaper, escapeWithBackslash } from '../escape';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';

/** 28 KB after the Workflow has wrapped the message again, which adds a fifth; and it may add more. */
export const MAX_BYTES = 18_000;
/** Half of it, so that a message which was too long is not too long again. */
export const MAX_PLAIN_BYTES = 9_000;
const MAX_TITLE_LENGTH = 300;
/** More than six actions are hidden behind a menu. */
const MAX_BUTTONS = 5;
/** A user principal name or an Entra object id. */
const USER_ID = /^[\w.+'@-]{1,128}$/;

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: 'Attention',
  warning: 'Warning',
  info: 'Accent',
  resolved: 'Good',
};

/** CommonMark on the desktop; mobile clients learned the backslash late (microsoft/AdaptiveCards#5590). */
const escapeText = createEscaper('\\\\*`[\\]~_<&', escapeWithBackslash);

const TEXT_BLOCK: Dialect = {
  escape: escapeText,
  bold: (text) => `**${text}**`,
  // Text blocks have no code ("Format cards in Teams").
  code: escapeText,
  link: (label, url) => `[${label}](${url})`,
  // One newline is a space there.
  newline: '\n\n',
};

/** Renders a card as an Adaptive Card 1.4 in the envelope that a Workflow expects. */
export function render(card: Card): Payload[] {
  return splitCard(card, { maxBytes: MAX_BYTES, maxTitleLength: MAX_TITLE_LENGTH }, renderMessage);
}

/** One block of text, because a Workflow takes nothing but cards. */
export function renderPlain(text: string): Payload {
  return adaptiveCard({ body: [textBlock(formatVerbatim(text, TEXT_BLOCK))] });
}

function renderMessage(card: Card): Payload {
  const { buttons, others } = selectLinkButtons(card.links, MAX_BUTTONS);
  const entities = (card.mentions ?? []).flatMap(mentionEntity);
  return adaptiveCard({
    msteams: { width: 'Full', ...(entities.length && { entities }) },
    body: bodyBlocks(card, others),
    ...(buttons.length && {
      actions: buttons.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url })),
    }),
  });
}

function adaptiveCard(card: Payload): Payload {
  const schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  const content = { $schema: schema, type: 'AdaptiveCard', version: '1.4', ...card };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return { type: 'message', attachments: [attachment] };
}

function bodyBlocks(card: Card, links: Link[]): Payload[] {
  const { title, severity, summary, text, facts = [], quote, mentions = [] } = card;
  const headline = { weight: 'Bolder', size: 'Medium', color: COLOURS[severity] };
  const body: Payload[] = [{ ...textBlock(escapeText(title)), ...headline }];
  if (summary) body.push(textBlock(formatMarkdownFact(summary, TEXT_BLOCK)));
  if (text) body.push(textBlock(formatMarkdown(text, TEXT_BLOCK)));
  if (facts.length) body.push({ type: 'FactSet', facts: facts.map(factEntry) });
  if (quote) body.push({ ...textBlock(formatVerbatim(quote, TEXT_BLOCK)), separator: true });
  for (const line of formatControls(card)) body.push(textBlock(formatVerbatim(line, TEXT_BLOCK)));
  const linkLines = links.map((link) => formatMarkdownLink(link, TEXT_BLOCK));
  if (links.length) body.push(textBlock(linkLines.join(TEXT_BLOCK.newline)));
  if (mentions.length) body.push(textBlock(mentions.map(formatTeamsMention).join(' ')));
  return body;
}

function textBlock(text: string): Payload {
  return { type: 'TextBlock', text, wrap: true };
}

function factEntry({ label, value }: { label: string; value: string }): Payload {
  return { title: escapeText(label), value: formatVerbatim(value, TEXT_BLOCK) };
}

/** A webhook can mention neither a whole channel nor a mobile number. */
function formatTeamsMention(mention: Mention): string {
  const [entity] = mentionEntity(mention);
  return entity ? entity.text : escapeText(formatMention(mention));
}

/** The card must contain the text of an entity character by character. */
function mentionEntity(mention: Mention): { type: string; text: string; mentioned: { id: string; name: string } }[] {
  if (!('id' in mention) || !USER_ID.test(mention.id)) return [];
  const name = (mention.name || mention.id).replace(/[<>&\\*_`[\]~\r\n]/g, ' ').slice(0, 100);
  return [{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id: mention.id, name } }];
}
