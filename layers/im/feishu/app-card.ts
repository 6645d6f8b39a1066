import type { Button, Card } from '../card';
import { formatControls, toPlainText } from '../card-text';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';
import { byteLength, largestFitting, truncate } from '../text';
import { drawForm } from './form';
import { drawCard, look, markdown, plainText, renderPlain as renderPlainText, TITLE } from './render';

/** The whole request may have 30 KB ("发送消息"), and style tags make a message longer than it was sent. */
const LIMIT = 26_000;
/** A text may have 150 KB; a letter may become four bytes of the JSON within JSON that it is sent as. */
const TEXT_LIMIT = 30_000;
/** The same of the words in a card of their own. */
const WORDS_LIMIT = 6_000;
const MOST_BUTTONS = 10;

/** A card may only be shown anew for all who see it, and must say so before and after: "更新应用发送的消息卡片". */
const SHARED = { schema: '2.0', config: { update_multi: true } };

/** A card as messages of an app, whose buttons and form can be pressed and filled in: `msg_type`, and `content` as the text that the API wants. */
export function renderForApp(card: Card, chat: Conversation['kind']): Payload[] {
  return splitCard(card, { maxBytes: LIMIT, maxTitleLength: TITLE }, (part) => {
    return stringified('interactive', { ...SHARED, ...drawCard(part, (part) => drawControls(part, chat)) });
  });
}

/** The same in one message, as its `content`: of what is too long for it, quote and text are cut. */
export function renderInOne(card: Card, chat: Conversation['kind']): string {
  const within = (bytes: number) => renderForApp(shortened(card, bytes), chat);
  const [message] = within(largestFitting(LIMIT, (bytes) => within(bytes).length === 1, 16));
  return String(message?.content);
}

function shortened({ text = '', quote = '', ...card }: Card, bytes: number): Card {
  return { ...card, text: truncate(text, bytes), quote: truncate(quote, Math.max(0, bytes - byteLength(text))) };
}

/** The same in words, as the `content` of a card in which there is nothing to take offence at. */
export function renderWords(card: Card): string {
  const words = plainText(truncate(toPlainText(card), WORDS_LIMIT));
  return JSON.stringify({ ...SHARED, body: { elements: [{ tag: 'div', text: words }] } });
}

/** The same in words, as one text that calls nobody: for when the card is refused. */
export function renderPlain(card: Card): Payload {
  return stringified('text', Object(renderPlainText(truncate(toPlainText(card), TEXT_LIMIT)).content));
}

function stringified(type: string, content: object): Payload {
  return { msg_type: type, content: JSON.stringify(content) };
}

/** What cannot be pressed can still be typed; in one piece, because a card has no room for many. */
function drawControls({ buttons = [], form, ...card }: Card, chat: Conversation['kind']): Payload[] {
  const drawn = form && drawForm(form, chat);
  const printed = { ...card, buttons: buttons.slice(MOST_BUTTONS), ...(!drawn && { form }) };
  const pressable = buttons.slice(0, MOST_BUTTONS).map((button) => drawButton(button, chat));
  const typed = formatControls(printed).join('\n');
  return [...pressable, ...(typed ? [markdown(formatVerbatim(typed, look))] : []), ...(drawn ? [drawn] : [])];
}

function drawButton({ label, command }: Button, chat: Conversation['kind']): Payload {
  const behaviors = [{ type: 'callback', value: { command, chat } }];
  return { tag: 'button', text: plainText(label.trim() || command), behaviors };
}
