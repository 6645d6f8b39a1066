import type { Card } from '../card';
import type { Payload } from '../channel';
import { splitCard } from '../split-card';
import { drawButtons, sorted } from './buttons';
import { drawForm, isDrawable } from './form';
import { coloured, drawMessage, drawOpen, HEADER, LIMIT, type Message } from './render';

/** For the mark in front of a title and the space behind it. */
const MARK = 3;
/** In letters, beside its text: measured by those who were answered msg_blocks_too_long. */
const BLOCK = 100;
const SEEN = ['text', 'initial_value'];
/** What is left for the words of the first message, however much there is to press. */
const LEAST = 3000;

/**
 * A card as messages of the app: what a webhook prints is there to be pressed and filled in, in the first of them. What Slack
 * cannot draw is printed all the same.
 * @param root whether the first message opens a thread
 */
export function renderApp(card: Card, root = false): Message[] {
  const { controls, rest } = controlsOf(card, root);
  const isForm = rest.form !== card.form;
  const room = { maxBytes: LIMIT - weight(controls), maxTitleLength: HEADER - MARK };
  const [first, ...more] = splitCard(rest, room, isForm ? drawOpen : drawMessage);
  return first ? [isForm ? below(first, controls) : beside(first, card, controls), ...more] : [];
}

/** What there is to press and to fill in, and the card without it; nothing of it where that would be a message by itself. */
function controlsOf(card: Card, root: boolean): { controls: Payload[]; rest: Card } {
  const { pressable, others } = sorted(card.buttons);
  const form = card.form && isDrawable(card.form) ? card.form : undefined;
  const controls = [...drawButtons(pressable, root), ...(form ? drawForm(form, root) : [])];
  if (weight(controls) > LIMIT - LEAST) return { controls: [], rest: card };
  return { controls, rest: { ...card, buttons: others, form: form ? undefined : card.form } };
}

function below(message: Message, controls: Payload[]): Message {
  return { ...message, blocks: [...message.blocks, ...controls] };
}

function beside(message: Message, card: Card, controls: Payload[]): Message {
  const body = (message.attachments ?? []).flatMap(({ blocks }) => blocks);
  return { ...message, ...coloured(card, [...body, ...controls]) };
}

/** In letters, as Slack seems to count them: not the JSON, but what is seen of it. */
function weight(blocks: Payload[]): number {
  return blocks.length * BLOCK + lettersIn(blocks);
}

function lettersIn(value: unknown, key = ''): number {
  if (typeof value === 'string') return SEEN.includes(key) ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + lettersIn(inner, key), 0);
}
