import type { Button, Card, Field, Form } from '../card';
import { formatControls, toPlainText } from '../card-text';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { isJsonRecord, parseJsonRecord, textAt, valueAt } from '../json';
import { formatVerbatim } from '../markdown';
import { splitCard } from '../split-card';
import { byteLength, largestFitting, truncate, utf8Boundary } from '../text';
import { dialect, MAX_TITLE_LENGTH, markdown, plainText, renderCard, renderPlain } from './render';

/** The whole request may have 30 KB ("发送消息"), and style tags make a message longer than it was sent. */
const MAX_CARD_BYTES = 26_000;
/** A text may have 150 KB; a character may become four bytes of the JSON within JSON that it is sent as. */
const MAX_TEXT_BYTES = 30_000;
/** The same for plain text in a card. */
const MAX_CARD_TEXT_BYTES = 6_000;
const MAX_BUTTONS = 10;
/** "输入框", JSON 2.0: max_length is 1 to 1,000 characters. */
const MAX_INPUT_LENGTH = 1000;
const MAX_PLACEHOLDER_LENGTH = 100;
/** A card has at most 200 components; whether the texts in them count is undocumented: a form gets 150, texts counted. */
const MAX_FORM_COMPONENTS = 150;
/** Of a form as escaped JSON: with it, the first message must still have room for text. */
const MAX_FORM_BYTES = 10_000;

/** A card can only be updated for everyone who sees it, and must declare that before and after: "更新应用发送的消息卡片". */
const UPDATABLE = { schema: '2.0', config: { update_multi: true } };

type ChatKind = Conversation['kind'];
type Options = NonNullable<Field['options']>;

/** What a control sends when it is pressed. The callback does not contain the kind of its chat, so the control does. */
export interface ButtonValue {
  command: string;
  chat: ChatKind;
}

/** A card as messages of a bot, with buttons and form that can be used: `msg_type`, and `content` as JSON text. */
export function renderBotMessages(card: Card, chat: ChatKind): Payload[] {
  return splitCard(card, { maxBytes: MAX_CARD_BYTES, maxTitleLength: MAX_TITLE_LENGTH }, (part) =>
    toMessage('interactive', { ...UPDATABLE, ...renderCard(part, (part) => renderControls(part, chat)) }),
  );
}

/** A card as the `content` of one message; quote and text are cut to its size. */
export function renderUpdate(card: Card, chat: ChatKind): string {
  const within = (maxBytes: number) => renderBotMessages(withTextCut(card, maxBytes), chat);
  const [message] = within(largestFitting(MAX_CARD_BYTES, (bytes) => within(bytes).length === 1, 16));
  return String(message?.content);
}

function withTextCut({ text = '', quote = '', ...card }: Card, maxBytes: number): Card {
  const maxQuoteBytes = Math.max(0, maxBytes - byteLength(text));
  return { ...card, text: truncate(text, maxBytes), quote: truncate(quote, maxQuoteBytes) };
}

/** The `content` of a card with plain text only, for when the card itself is rejected. */
export function renderPlainUpdate(card: Card): string {
  const text = plainText(truncate(toPlainText(card), MAX_CARD_TEXT_BYTES));
  return JSON.stringify({ ...UPDATABLE, body: { elements: [{ tag: 'div', text }] } });
}

/** A card as one text message that mentions no one, for when the card itself is rejected. */
export function renderPlainMessage(card: Card): Payload {
  return toMessage('text', Object(renderPlain(truncate(toPlainText(card), MAX_TEXT_BYTES)).content));
}

function toMessage(type: string, content: object): Payload {
  return { msg_type: type, content: JSON.stringify(content) };
}

/** Controls that cannot be shown are text to be typed, in one element, because a card has a limit of elements. */
function renderControls({ buttons = [], form, ...card }: Card, chat: ChatKind): Payload[] {
  const container = form && renderForm(form, chat);
  const others = { ...card, buttons: buttons.slice(MAX_BUTTONS), ...(!container && { form }) };
  const text = formatControls(others).join('\n');
  return [
    ...buttons.slice(0, MAX_BUTTONS).map((button) => renderButton(button, chat)),
    ...(text ? [markdown(formatVerbatim(text, dialect))] : []),
    ...(container ? [container] : []),
  ];
}

function renderButton({ label, command }: Button, chat: ChatKind): Payload {
  const behaviors = [{ type: 'callback', value: { command, chat } }];
  return { tag: 'button', text: plainText(label.trim() || command), behaviors };
}

/**
 * A form as a form container, which must be at the root of a card and sends its fields by name ("表单容器", JSON 2.0).
 * Lists that are too long for a card are cut, and their label says so. Undefined where the form cannot be shown without
 * losing a value: then it is text to be typed.
 */
export function renderForm(form: Form, chat: ChatKind): Payload | undefined {
  if (!isRepresentable(form)) return undefined;
  const longest = Math.max(0, ...form.fields.map(({ options = [] }) => options.length));
  const draw = (maxOptions: number) => renderContainer(form, chat, maxOptions);
  const maxOptions = largestFitting(longest, (count) => isWithinLimits(draw(count)));
  const container = draw(maxOptions);
  return isWithinLimits(container) && (maxOptions > 0 || longest === 0) ? container : undefined;
}

/** Names must exist and be unique in the card; a longer value would come back cut, and an empty list has no choice. */
function isRepresentable({ fields }: Form): boolean {
  const names = new Set(fields.map(({ name }) => name));
  const hasValues = fields.every(({ options, value = '' }) =>
    options ? distinctOptions(options).length > 0 : value.length <= MAX_INPUT_LENGTH,
  );
  return names.size === fields.length && !names.has('') && hasValues;
}

function isWithinLimits(container: Payload): boolean {
  const json = JSON.stringify(container);
  const components = json.split('"tag":').length - 1;
  return byteLength(JSON.stringify(json)) <= MAX_FORM_BYTES && components <= MAX_FORM_COMPONENTS;
}

function renderContainer(form: Form, chat: ChatKind, maxOptions: number): Payload {
  const fields = form.fields.flatMap((field) => renderField(field, maxOptions));
  return { tag: 'form', name: 'casebell_form', elements: [...fields, renderSubmit(form, chat)] };
}

function renderSubmit({ submit, command }: Form, chat: ChatKind): Payload {
  const value: ButtonValue = { command, chat };
  return {
    tag: 'button',
    name: encodeButtonName(value),
    type: 'primary',
    form_action_type: 'submit',
    text: plainText(submit.trim() || command),
    behaviors: [{ type: 'callback', value }],
  };
}

function renderField(field: Field, maxOptions: number): Payload[] {
  const { name, label, hint, required } = field;
  const options = field.options && firstOptions(distinctOptions(field.options), field.value, maxOptions);
  const placeholder = truncateToLength(hint || label, MAX_PLACEHOLDER_LENGTH);
  const common = { name, ...(required && { required }), ...(placeholder && { placeholder: plainText(placeholder) }) };
  return [
    markdown(dialect.escape(fieldLabel(field, options?.length))),
    { ...(options ? renderSelect(field, options) : renderInput(field)), ...common },
  ];
}

function renderInput({ value, multiline }: Field): Payload {
  const lines = multiline && { input_type: 'multiline_text', rows: 5 };
  return { tag: 'input', max_length: MAX_INPUT_LENGTH, ...lines, ...(value && { default_value: value }) };
}

function renderSelect({ value }: Field, shown: Options): Payload {
  const options = shown.map((option) => ({ text: plainText(option.label || option.value), value: option.value }));
  const isShown = shown.some((option) => option.value === value);
  return { tag: 'select_static', options, ...(isShown && { initial_option: value }) };
}

function fieldLabel({ name, label, options, multiline, required }: Field, shown = 0): string {
  const count = options ? distinctOptions(options).length : 0;
  const part = count > shown ? ` (${shown}/${count})` : '';
  const limit = multiline ? ` (≤ ${MAX_INPUT_LENGTH})` : '';
  return `${label || name}${required ? ' *' : ''}${part}${limit}`;
}

/** Two options with one value cannot be distinguished, nor can one without a value. */
function distinctOptions(options: Options): Options {
  const values = new Set<string>();
  return options.filter(({ value }) => value !== '' && !values.has(value) && values.add(value));
}

/** At most so many options, with the chosen one among them. */
function firstOptions(options: Options, value: string | undefined, maxOptions: number): Options {
  const first = options.slice(0, maxOptions);
  const chosen = options.slice(maxOptions).find((option) => option.value === value);
  return chosen && maxOptions > 0 ? [...first.slice(0, -1), chosen] : first;
}

const BUTTON_NAME = /^(direct|group)_((?:[0-9a-f]{2})+)$/;

/** The value as a component's `name`, for submit buttons: documents disagree on whether those may carry a value. */
export function encodeButtonName({ command, chat }: ButtonValue): string {
  return `${chat}_${Buffer.from(command).toString('hex')}`;
}

/** The value in a callback's `action`; undefined where the control is not one of ours. */
export function readButtonValue(action: unknown): ButtonValue | undefined {
  const raw = valueAt(action, 'value');
  const value = typeof raw === 'string' ? parseJsonRecord(raw) : raw;
  const command = textAt(value, 'command');
  if (command) return { command, chat: textAt(value, 'chat') === 'direct' ? 'direct' : 'group' };
  const [, chat, hex] = BUTTON_NAME.exec(textAt(action, 'name')) ?? [];
  if (!hex) return undefined;
  return { command: Buffer.from(hex, 'hex').toString('utf8'), chat: chat === 'direct' ? 'direct' : 'group' };
}

/** The submitted values by field name; of several choices all, with commas. Undefined where the action has no form. */
export function readFormValues(action: unknown): Record<string, string> | undefined {
  const form = valueAt(action, 'form_value');
  if (!isJsonRecord(form)) return undefined;
  const values = Object.entries(form).flatMap(([name, value]) => {
    const text = Array.isArray(value) ? value.filter((each) => typeof each === 'string').join(', ') : value;
    return typeof text === 'string' ? [[name, text]] : [];
  });
  return Object.fromEntries(values);
}

/** The text, or its beginning and `…`, of at most that many UTF-16 units; no character is split. */
export function truncateToLength(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, utf8Boundary(text, byteLength(text.slice(0, maxLength - 1))))}…`;
}
