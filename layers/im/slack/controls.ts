import type { Button, Card, Field, Form } from '../card';
import type { Payload } from '../channel';
import { isJsonRecord, type JsonRecord, textAt, valueAt } from '../json';
import { splitCard } from '../split-card';
import {
  colouredAttachment,
  controlText,
  MAX_BUTTON_LENGTH,
  MAX_BYTES,
  MAX_HEADER_LENGTH,
  renderMessage,
  renderUncolouredMessage,
  type SlackMessage,
} from './render';

/** Limits of Block Kit, in UTF-16 units: "Block elements" and "Composition objects" of docs.slack.dev. */
const MAX_ID_LENGTH = 255;
const MAX_COMMAND_LENGTH = 2000;
const MAX_BUTTONS = 25;
const MAX_PLACEHOLDER_LENGTH = 150;
const MAX_OPTION_LABEL_LENGTH = 75;
const MAX_OPTION_VALUE_LENGTH = 150;
const MAX_OPTIONS_PER_GROUP = 100;
const MAX_OPTIONS = 100 * MAX_OPTIONS_PER_GROUP;
/** Its max_length; the limit of an initial value is not documented. */
const MAX_INPUT_LENGTH = 3000;

/** Ours, below Slack's 50 blocks and 2000 characters: a label fits on a line or two. */
const MAX_FORM_FIELDS = 20;
const MAX_FIELD_LABEL_LENGTH = 150;
/** Ours, for all options together: Slack takes about 13,200 characters in a message, and options are not all of it. */
const MAX_OPTIONS_LENGTH = 6000;
/** The size of a block without its text, measured by people who received msg_blocks_too_long. */
const BLOCK_LENGTH = 100;
/** What the text of the first message may have at least, however large the controls are. */
const MIN_BODY_LENGTH = 3000;
const ICON_AND_SPACE_LENGTH = 3;

/** Under a field for long text. The layer does not know the reader's language, so the hint is in both. */
const REPLY_LATER = '最多 3000 字，更多内容提交后可再回复 · 3,000 characters at most, reply later to add more';

/**
 * Renders a card as messages of the bot: buttons and form, which a webhook shows as text, can be pressed in the first message.
 * What Slack cannot show as a control is text here, too.
 * @param isRoot whether the first message begins a thread
 */
export function renderForBot(card: Card, isRoot = false): SlackMessage[] {
  const { controls, rest } = takeControls(card, isRoot);
  const hasForm = rest.form !== card.form;
  const budget = {
    maxBytes: MAX_BYTES - lengthOf(controls),
    maxTitleLength: MAX_HEADER_LENGTH - ICON_AND_SPACE_LENGTH,
  };
  const [first, ...more] = splitCard(rest, budget, hasForm ? renderUncolouredMessage : renderMessage);
  if (!first) return [];
  if (hasForm) return [{ ...first, blocks: [...first.blocks, ...controls] }, ...more];
  const body = (first.attachments ?? []).flatMap(({ blocks }) => blocks);
  return [{ ...first, ...colouredAttachment(card, [...body, ...controls]) }, ...more];
}

/** The controls, and the card without them; no controls where they would fill a message alone. */
function takeControls(card: Card, isRoot: boolean): { controls: Payload[]; rest: Card } {
  const { buttons = [] } = card;
  const pressable = buttons.filter(isPressable).slice(0, MAX_BUTTONS);
  const form = card.form && isShowable(card.form) ? card.form : undefined;
  const controls = [...buttonRow(pressable, isRoot), ...(form ? formBlocks(form, isRoot) : [])];
  if (lengthOf(controls) > MAX_BYTES - MIN_BODY_LENGTH) return { controls: [], rest: card };
  const others = buttons.filter((each) => !pressable.includes(each));
  return { controls, rest: { ...card, buttons: others, form: form ? undefined : card.form } };
}

/** As Slack seems to count: not the JSON, but the characters that are seen of it. */
function lengthOf(blocks: Payload[]): number {
  return blocks.length * BLOCK_LENGTH + visibleLength(blocks);
}

function visibleLength(value: unknown, key = ''): number {
  if (typeof value === 'string') return key === 'text' || key === 'initial_value' ? value.length : 0;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, inner]) => sum + visibleLength(inner, key), 0);
}

function isPressable({ label, command }: Button): boolean {
  return label.trim() !== '' && command !== '' && command.length <= MAX_COMMAND_LENGTH;
}

function buttonRow(buttons: readonly Button[], isRoot: boolean): Payload[] {
  const elements = buttons.map((each, index) => button(each, actionId('press', isRoot, index)));
  return elements.length ? [{ type: 'actions', elements }] : [];
}

function button({ label, command }: Button, id: string): Payload {
  return { type: 'button', action_id: id, text: controlText(label, MAX_BUTTON_LENGTH), value: command };
}

/** Slack returns the id with a press. It must be unique within its message, so it ends in a number. */
function actionId(kind: 'press' | 'submit', isRoot: boolean, index: number): string {
  return `${kind}${isRoot ? '-root' : ''}:${index}`;
}

/** Whether the pressed button submits a form. */
export function isSubmit(id: string): boolean {
  return id.startsWith('submit');
}

/** Whether the pressed button's message begins a thread, even if it has no replies yet. */
export function isInThreadRoot(id: string): boolean {
  return /^[a-z]+-root:/.test(id);
}

/** The values of a submitted form by field name, which is the action id; empty fields are absent. */
export function readFields(payload: JsonRecord): Record<string, string> {
  const blocks = valueAt(payload, 'state', 'values');
  const inputs = isJsonRecord(blocks)
    ? Object.values(blocks).flatMap((block) => (isJsonRecord(block) ? Object.entries(block) : []))
    : [];
  const inputValue = (input: unknown) => textAt(input, 'value') || textAt(input, 'selected_option', 'value');
  return Object.fromEntries(inputs.map(([name, input]) => [name, inputValue(input)]).filter(([, value]) => value));
}

/** Input blocks are for modals, Home tabs and messages: "Input block" of docs.slack.dev. */
function isShowable({ fields, submit, command }: Form): boolean {
  const isNamed = fields.every(({ name }) => name !== '' && name.length <= MAX_ID_LENGTH);
  return isNamed && fields.length <= MAX_FORM_FIELDS && isPressable({ label: submit, command });
}

/** Input blocks, and the button that submits them. Whether Slack enforces required fields in a message is not documented. */
function formBlocks({ fields, submit, command }: Form, isRoot: boolean): Payload[] {
  const choices = fields.filter(({ options }) => options?.length).length;
  const maxOptionsLength = Math.floor(MAX_OPTIONS_LENGTH / Math.max(1, choices));
  const submitButton = { ...button({ label: submit, command }, actionId('submit', isRoot, 0)), style: 'primary' };
  const inputs = fields.map((field, index) => inputBlock(field, index, maxOptionsLength));
  return [...inputs, { type: 'actions', elements: [submitButton] }];
}

/** The block's id is only its index, so that two fields of one name do not spoil the whole message. */
function inputBlock(field: Field, index: number, maxOptionsLength: number): Payload {
  return {
    type: 'input',
    block_id: `field:${index}`,
    label: controlText(field.label || field.name, MAX_FIELD_LABEL_LENGTH),
    optional: !field.required,
    element: select(field, maxOptionsLength) ?? textInput(field),
    ...(field.multiline && !field.options?.length && { hint: controlText(REPLY_LATER, MAX_PLACEHOLDER_LENGTH) }),
  };
}

function textInput({ name, hint, value, multiline = false }: Field): Payload {
  return {
    type: 'plain_text_input',
    action_id: name,
    multiline,
    max_length: MAX_INPUT_LENGTH,
    ...placeholder(hint),
    ...(value && { initial_value: value.slice(0, MAX_INPUT_LENGTH) }),
  };
}

/** Undefined where there is nothing to choose from. */
function select({ name, hint, value, options = [] }: Field, maxLength: number): Payload | undefined {
  const valid = options.filter((option) => option.value !== '' && option.value.length <= MAX_OPTION_VALUE_LENGTH);
  const shown = firstOptions(valid.map(selectOption), maxLength);
  if (shown.length === 0) return undefined;
  const initial = shown.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: name,
    ...placeholder(hint),
    ...(shown.length > MAX_OPTIONS_PER_GROUP ? { option_groups: optionGroups(shown) } : { options: shown }),
    ...(initial && { initial_option: initial }),
  };
}

function selectOption({ label, value }: { label: string; value: string }): Payload {
  return { text: controlText(label || value, MAX_OPTION_LABEL_LENGTH), value };
}

/** As many as Slack takes, from the beginning. */
function firstOptions(options: Payload[], maxLength: number): Payload[] {
  let length = 0;
  const end = options.findIndex((option) => {
    length += textAt(option, 'text', 'text').length;
    return length > maxLength;
  });
  return options.slice(0, Math.min(end < 0 ? MAX_OPTIONS : end, MAX_OPTIONS));
}

/** A hundred at a time, labelled with the first and the last of them. */
function optionGroups(options: Payload[]): Payload[] {
  const starts = options.flatMap((_, index) => (index % MAX_OPTIONS_PER_GROUP === 0 ? [index] : []));
  return starts.map((start) => {
    const group = options.slice(start, start + MAX_OPTIONS_PER_GROUP);
    const ends = [group[0], group.at(-1)].map((option) => controlText(textAt(option, 'text', 'text'), 35).text);
    return { label: controlText(ends.join(' – '), MAX_OPTION_LABEL_LENGTH), options: group };
  });
}

function placeholder(hint: string | undefined): Payload {
  return hint?.trim() ? { placeholder: controlText(hint, MAX_PLACEHOLDER_LENGTH) } : {};
}
