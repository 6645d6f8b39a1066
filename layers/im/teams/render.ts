import type { Card, Link, Mention, Severity } from '../card';
import { formatControls, formatMarkdownFact, formatMarkdownLink, formatMention, selectLinkButtons } from '../card-text';
import type { Payload } from '../channel';
import { createEscaper, escapeWithBackslash } from '../escape';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';

/** 28 KB after the flow has wrapped the message again, which adds a fifth; and it may add more. */
export const LIMIT = 18_000;
/** Half of it, so that a message which was too long is not so once more. */
export const PLAIN_LIMIT = 9_000;

const TITLE = 300;
/** More actions than six are hidden behind a menu. */
const MOST_BUTTONS = 5;
/** A user principal name or an Entra object id. */
const CALLABLE = /^[\w.+'@-]{1,128}$/;

const COLOURS: Readonly<Record<Severity, string>> = {
  critical: 'Attention',
  warning: 'Warning',
  info: 'Accent',
  resolved: 'Good',
};

/** CommonMark on the desktop; the mobile clients were slow to learn the backslash (microsoft/AdaptiveCards#5590). */
const escaped = createEscaper('\\\\*`[\\]~_<&', escapeWithBackslash);

const look: Dialect = {
  escape: escaped,
  bold: (text) => `**${text}**`,
  // Text blocks know no code ("Format cards in Teams").
  code: escaped,
  link: (label, url) => `[${label}](${url})`,
  // One newline is a space there.
  newline: '\n\n',
};

/** A card as an Adaptive Card 1.4 in the envelope that a Workflow expects. */
export function render(card: Card): Payload[] {
  return splitCard(card, { maxBytes: LIMIT, maxTitleLength: TITLE }, drawMessage);
}

/** Words as one block of text, because a Workflow takes nothing but cards. */
export function renderPlain(text: string): Payload {
  return adaptive({ body: [block(formatVerbatim(text, look))] });
}

function drawMessage(card: Card): Payload {
  const { buttons, others } = selectLinkButtons(card.links, MOST_BUTTONS);
  const entities = (card.mentions ?? []).flatMap(entityOf);
  return adaptive({
    msteams: { width: 'Full', ...(entities.length && { entities }) },
    body: bodyOf(card, others),
    ...(buttons.length && { actions: buttons.map(action) }),
  });
}

function adaptive(card: Payload): Payload {
  const schema = 'http://adaptivecards.io/schemas/adaptive-card.json';
  const content = { $schema: schema, type: 'AdaptiveCard', version: '1.4', ...card };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return { type: 'message', attachments: [attachment] };
}

function bodyOf(card: Card, links: Link[]): Payload[] {
  const headline = { weight: 'Bolder', size: 'Medium', color: COLOURS[card.severity] };
  const body: Payload[] = [{ ...block(escaped(card.title)), ...headline }];
  if (card.summary) body.push(block(formatMarkdownFact(card.summary, look)));
  if (card.text) body.push(block(formatMarkdown(card.text, look)));
  if (card.facts?.length) body.push({ type: 'FactSet', facts: card.facts.map(drawFact) });
  if (card.quote) body.push({ ...block(formatVerbatim(card.quote, look)), separator: true });
  for (const line of formatControls(card)) body.push(block(formatVerbatim(line, look)));
  if (links.length) body.push(block(links.map((link) => formatMarkdownLink(link, look)).join(look.newline)));
  if (card.mentions?.length) body.push(block(card.mentions.map(drawMention).join(' ')));
  return body;
}

function block(text: string): Payload {
  return { type: 'TextBlock', text, wrap: true };
}

function drawFact({ label, value }: { label: string; value: string }): Payload {
  return { title: escaped(label), value: formatVerbatim(value, look) };
}

function action({ label, url }: Link): Payload {
  return { type: 'Action.OpenUrl', title: label, url };
}

/** A webhook cannot call a whole channel, nor anyone by mobile. */
function drawMention(mention: Mention): string {
  const [entity] = entityOf(mention);
  return entity ? entity.text : escaped(formatMention(mention));
}

/** The text of an entity must stand in the card letter by letter. */
function entityOf(mention: Mention): { type: string; text: string; mentioned: { id: string; name: string } }[] {
  if (!('id' in mention) || !CALLABLE.test(mention.id)) return [];
  const name = (mention.name || mention.id).replace(/[<>&\\*_`[\]~\r\n]/g, ' ').slice(0, 100);
  return [{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id: mention.id, name } }];
}
