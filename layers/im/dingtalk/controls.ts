import type { Button, Card } from '../card';
import { formatButton, formatForm, formatMention } from '../card-text';
import type { Payload } from '../channel';
import { encodeLinkTarget, formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';
import { type Controls, drawMessage, look, TITLE } from './render';

/**
 * "msgParam" of the OpenAPI may have 15,000 bytes ("the-robot-sends-a-group-message"), a session's message 20,000. Which
 * road a message takes may turn out on the way, so it fits the narrower one.
 */
export const TALK_LIMIT = 14_000;

/**
 * A link that types its words for whoever presses it, with the mention of the robot. Developers quote help pages and the
 * page "dingtalk-chatbot-for-one-on-one-query" for it, which has it for markdown, actionCard and feedCard of robots; today's
 * "robot-message-type" is silent about it, and one developer saw it fail in an actionCard. So it stands in both places,
 * beside the words themselves.
 */
const TYPES = 'dtmd://dingtalkclient/sendMessage?content=';

const CONTROLS: Controls = {
  pressed: ({ buttons = [] }) =>
    buttons.filter(isLabelled).map(({ label, command }) => ({ label: oneLine(label), url: typing(command) })),
  lines: ({ buttons = [], form }) => [
    ...buttons.map(drawButton),
    ...(form ? [formatVerbatim(formatForm(form), look)] : []),
  ],
};

/** A card as an app's robot shows it: buttons can be pressed, and a form be copied, filled in and sent. */
export function renderTalk(card: Card): Payload[] {
  return splitCard(card, { maxBytes: TALK_LIMIT, maxTitleLength: TITLE }, (part) => drawMessage(part, CONTROLS));
}

/** The card for a road on which nobody can be called: there people are named. */
export function uncalled({ mentions = [], ...card }: Card): Card {
  if (mentions.length === 0) return card;
  return { ...card, facts: [...(card.facts ?? []), { label: '', value: mentions.map(formatMention).join(' ') }] };
}

function drawButton(button: Button): string {
  if (!isLabelled(button)) return formatVerbatim(formatButton(button), look);
  const link = look.link(look.escape(oneLine(button.label)), typing(button.command));
  return `${link}: ${formatVerbatim(button.command, look)}`;
}

/** Half a surrogate pair cannot be percent-encoded; through a Buffer it becomes a replacement character. */
function typing(command: string): string {
  return encodeLinkTarget(TYPES + encodeURIComponent(Buffer.from(command).toString()));
}

function isLabelled({ label }: Button): boolean {
  return label.trim() !== '';
}

function oneLine(label: string): string {
  return label.replace(/\s+/g, ' ').trim();
}
