import type { Button, Card } from '../card';
import { formatButton, formatForm, formatMention } from '../card-text';
import type { Payload } from '../channel';
import { encodeLinkTarget, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';
import { type Controls, dialect, MAX_TITLE_LENGTH, renderMessage } from './render';

/**
 * "msgParam" of the OpenAPI may have 15,000 bytes ("the-robot-sends-a-group-message"), a session's message 20,000. Which
 * transport a message takes may turn out while it is sent, so it fits the smaller one.
 */
export const MAX_BOT_MESSAGE_BYTES = 14_000;

/**
 * A link that sends its text as the person who presses it, with the mention of the robot. Developers quote help pages and
 * the page "dingtalk-chatbot-for-one-on-one-query" for it, which documents it for markdown, actionCard and feedCard of
 * robots; today's "robot-message-type" does not mention it, and one developer saw it fail in an actionCard. So it is used
 * in both places, next to the command as text.
 */
const SEND_MESSAGE_LINK = 'dtmd://dingtalkclient/sendMessage?content=';

const LINK_CONTROLS: Controls = {
  buttons: ({ buttons = [] }) =>
    buttons.filter(hasLabel).map(({ label, command }) => ({ label: toOneLine(label), url: commandLink(command) })),
  lines: ({ buttons = [], form }) => [
    ...buttons.map(renderButton),
    ...(form ? [formatVerbatim(formatForm(form), dialect)] : []),
  ],
};

/** A card as messages of a bot: buttons can be pressed, and a form can be copied, filled in and sent. */
export function renderBotMessages(card: Card): Payload[] {
  const budget = { maxBytes: MAX_BOT_MESSAGE_BYTES, maxTitleLength: MAX_TITLE_LENGTH };
  return splitCard(card, budget, (part) => renderMessage(part, LINK_CONTROLS));
}

/** The card for a transport without mentions: people are named in the text. */
export function withoutMentions({ mentions = [], ...card }: Card): Card {
  if (mentions.length === 0) return card;
  return { ...card, facts: [...(card.facts ?? []), { label: '', value: mentions.map(formatMention).join(' ') }] };
}

function renderButton(button: Button): string {
  if (!hasLabel(button)) return formatVerbatim(formatButton(button), dialect);
  const link = dialect.link(dialect.escape(toOneLine(button.label)), commandLink(button.command));
  return `${link}: ${formatVerbatim(button.command, dialect)}`;
}

/** Half a surrogate pair cannot be percent-encoded; a Buffer makes it a replacement character. */
function commandLink(command: string): string {
  return encodeLinkTarget(SEND_MESSAGE_LINK + encodeURIComponent(Buffer.from(command).toString()));
}

function hasLabel({ label }: Button): boolean {
  return label.trim() !== '';
}

function toOneLine(label: string): string {
  return label.replace(/\s+/g, ' ').trim();
}
