import type { Field, Form } from '../card';
import type { Payload } from '../channel';
import type { Conversation } from '../chat-app';
import { byteLength, largestFitting } from '../text';
import { nameOf } from './pressed';
import { look, markdown, plainText } from './render';
import { shortened } from './shortened';

/** Letters that an input takes at most ("输入框", JSON 2.0: max_length is 1 to 1,000), and its placeholder. */
const LONGEST = 1000;
const PLACEHOLDER = 100;
/** A card has at most 200 components, and nobody says whether the texts in them count: a form gets 150, texts counted. */
const MOST_PARTS = 150;
/** Bytes of a form within the text that a card is sent as: with it, the first message must still have room for words. */
const MOST_BYTES = 10_000;

/**
 * A form as a form container, which must stand at the root of a card and send its fields by name ("表单容器", JSON 2.0).
 * Lists that are too long for a card end early, and say so. An input takes 1,000 letters, and says so where it has several
 * lines. Undefined where the form cannot be shown without losing something: then it is for typing.
 */
export function drawForm(form: Form, chat: Conversation['kind']): Payload | undefined {
  if (!isDrawable(form)) return undefined;
  const longest = Math.max(0, ...form.fields.map(({ options = [] }) => options.length));
  const draw = (count: number) => container(form, chat, count);
  const count = largestFitting(longest, (count) => fits(draw(count)));
  const drawn = draw(count);
  return fits(drawn) && (count > 0 || longest === 0) ? drawn : undefined;
}

/** Names must be there, and be unique in the card; a longer value would come back cut, and from an empty list nothing can be chosen. */
function isDrawable({ fields }: Form): boolean {
  const names = new Set(fields.map(({ name }) => name));
  const values = fields.every(({ options, value = '' }) =>
    options ? unique(options).length > 0 : value.length <= LONGEST,
  );
  return names.size === fields.length && !names.has('') && values;
}

function fits(form: Payload): boolean {
  const json = JSON.stringify(form);
  return byteLength(JSON.stringify(json)) <= MOST_BYTES && json.split('"tag":').length - 1 <= MOST_PARTS;
}

function container(form: Form, chat: Conversation['kind'], count: number): Payload {
  const elements = form.fields.flatMap((field) => drawField(field, count));
  return { tag: 'form', name: 'casebell_form', elements: [...elements, submitOf(form, chat)] };
}

function submitOf({ submit, command }: Form, chat: Conversation['kind']): Payload {
  const pressed = { command, chat };
  return {
    tag: 'button',
    name: nameOf(pressed),
    type: 'primary',
    form_action_type: 'submit',
    text: plainText(submit.trim() || command),
    behaviors: [{ type: 'callback', value: pressed }],
  };
}

function drawField(field: Field, count: number): Payload[] {
  const options = field.options && firstOf(unique(field.options), field.value, count);
  const drawn = options ? drawChoice(field, options) : drawInput(field);
  return [markdown(look.escape(labelOf(field, options?.length))), { ...drawn, ...common(field) }];
}

function common({ name, label, hint, required }: Field): Payload {
  const placeholder = shortened(hint || label, PLACEHOLDER);
  return { name, ...(required && { required }), ...(placeholder && { placeholder: plainText(placeholder) }) };
}

function drawInput({ value, multiline }: Field): Payload {
  const lines = multiline && { input_type: 'multiline_text', rows: 5 };
  return { tag: 'input', max_length: LONGEST, ...lines, ...(value && { default_value: value }) };
}

function drawChoice({ value }: Field, options: Options): Payload {
  const drawn = options.map((option) => ({ text: plainText(option.label || option.value), value: option.value }));
  const isThere = options.some((option) => option.value === value);
  return { tag: 'select_static', options: drawn, ...(isThere && { initial_option: value }) };
}

function labelOf({ name, label, options, multiline, required }: Field, shown = 0): string {
  const all = options ? unique(options).length : 0;
  const part = all > shown ? ` (${shown}/${all})` : '';
  const room = multiline ? ` (≤ ${LONGEST})` : '';
  return `${label || name}${required ? ' *' : ''}${part}${room}`;
}

type Options = NonNullable<Field['options']>;

/** Two options of one value cannot be told apart, nor can one without a value. */
function unique(options: Options): Options {
  const values = new Set<string>();
  return options.filter(({ value }) => value !== '' && !values.has(value) && values.add(value));
}

/** So many of them, with the one among them that is chosen already. */
function firstOf(options: Options, value: string | undefined, count: number): Options {
  const first = options.slice(0, count);
  const chosen = options.slice(count).find((option) => option.value === value);
  return chosen && count > 0 ? [...first.slice(0, -1), chosen] : first;
}
