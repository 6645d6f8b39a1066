import { at, type Json, objectsAt, textAt } from '../json';
import type { Control } from '../workspace';

/** A button in a message. */
export interface Button {
  readonly block: Json;
  readonly element: Json;
  readonly label: string;
  /** The number of its attachment, from 1; undefined outside of attachments. */
  readonly attachment?: number;
}

/** Adds the ids that Slack generates for blocks and elements without one. */
export function withIds(payload: Json): Json {
  let count = 0;
  const named = (part: Json, key: string) => (textAt(part, key) ? part : { ...part, [key]: `auto${++count}` });
  const block = (each: Json): Json => {
    const elements = objectsAt(each, 'elements').map((element) => named(element, 'action_id'));
    return named(each.type === 'actions' ? { ...each, elements } : each, 'block_id');
  };
  const blocks = objectsAt(payload, 'blocks').map(block);
  const attachments = objectsAt(payload, 'attachments').map((each) => ({
    ...each,
    blocks: objectsAt(each, 'blocks').map(block),
  }));
  return { ...payload, ...(blocks.length && { blocks }), ...(attachments.length && { attachments }) };
}

/** All inputs of a message are one form, which the first button below them submits. */
export function controlsIn(payload: Json): Control[] {
  const submit = submitButtonIn(payload);
  const buttons = buttonsIn(payload).filter(({ element }) => element !== submit?.element);
  const controls: Control[] = buttons.map(({ label }) => ({ kind: 'button', label }));
  const form = submit && { kind: 'form' as const, submit: submit.label, fields: inputsIn(payload).map(fieldOf) };
  return form ? [...controls, form] : controls;
}

/** Without links: they are opened, not pressed. */
export function buttonsIn(payload: Json): Button[] {
  const attached = objectsAt(payload, 'attachments').flatMap((each, at) =>
    buttonsOf(objectsAt(each, 'blocks'), at + 1),
  );
  return [...buttonsOf(objectsAt(payload, 'blocks')), ...attached];
}

/** The button that submits the form; undefined if there is no form. */
export function submitButtonIn(payload: Json): Button | undefined {
  const blocks = objectsAt(payload, 'blocks');
  const last = blocks.findLastIndex((block) => block.type === 'input');
  return last < 0 ? undefined : buttonsOf(blocks.slice(last + 1))[0];
}

function buttonsOf(blocks: Json[], attachment?: number): Button[] {
  return blocks.flatMap((block) => {
    const buttons = objectsAt(block, 'elements').filter(
      (element) => element.type === 'button' && !textAt(element, 'url'),
    );
    return buttons.map((element) => ({
      ...{ block, element, label: textAt(element, 'text', 'text') },
      ...(attachment && { attachment }),
    }));
  });
}

function inputsIn(payload: Json): Json[] {
  return objectsAt(payload, 'blocks').filter((block) => block.type === 'input');
}

function fieldOf(input: Json) {
  const options = optionsOf(input).map((option) => ({
    label: textAt(option, 'text', 'text'),
    value: textAt(option, 'value'),
  }));
  return {
    name: textAt(input, 'element', 'action_id'),
    label: textAt(input, 'label', 'text'),
    value: textAt(input, 'element', 'initial_value') || textAt(input, 'element', 'initial_option', 'value'),
    ...(options.length && { options }),
  };
}

/** The options, without their groups. */
function optionsOf(input: Json): Json[] {
  const element = at(input, 'element');
  const grouped = objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options'));
  return [...objectsAt(element, 'options'), ...grouped];
}

/** The most characters of an input whose app sets no limit. */
const MAX_INPUT = 3000;

/**
 * The state of a message's inputs, as it comes with every press. Required fields do not prevent a press: it is not
 * documented that they do in messages. Throws if a person could not enter these values.
 */
export function formState(payload: Json, values: Readonly<Record<string, string>> = {}): Json {
  const inputs = inputsIn(payload);
  const nameOf = (input: Json) => textAt(input, 'element', 'action_id');
  const names = inputs.map(nameOf);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown) throw new Error(`The form has no field ${unknown}.`);
  const entries = inputs.map((input) => {
    const name = nameOf(input);
    return [textAt(input, 'block_id'), { [name]: inputState(input, values[name]) }];
  });
  return Object.fromEntries(entries);
}

/** Without a value the input keeps its initial one. */
function inputState(input: Json, value: string | undefined): Json {
  const type = textAt(input, 'element', 'type');
  return type === 'static_select'
    ? { type, selected_option: selectedOption(input, value) }
    : { type, value: textValue(input, value) };
}

function selectedOption(input: Json, value: string | undefined): unknown {
  if (value === undefined) return at(input, 'element', 'initial_option') ?? null;
  const option = optionsOf(input).find((each) => textAt(each, 'value') === value);
  if (!option) throw new Error(`There is no option ${value}.`);
  return option;
}

function textValue(input: Json, value: string | undefined): string | null {
  const text = value ?? textAt(input, 'element', 'initial_value');
  const max = Number(at(input, 'element', 'max_length') ?? MAX_INPUT);
  if (text.length > max) throw new Error(`The field takes at most ${max} characters.`);
  return text || null;
}
