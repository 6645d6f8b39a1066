import { type Json, objectsAt, textAt } from '../json';
import type { Control } from '../workspace';
import { blocksIn } from './card-rules';
import { readMarkdown } from './webhook-view';

type Form = Extract<Control, { kind: 'form' }>;

/** Buttons that call the bot, and the form; without links. */
export function controlsOf(card: unknown): Control[] {
  const buttons: Control[] = buttonsOf(card).map((button) => ({ kind: 'button', label: labelOf(button) }));
  const form = formOf(card);
  return form ? [...buttons, toForm(form)] : buttons;
}

/** Buttons outside of forms that call the bot. */
export function buttonsOf(card: unknown): Json[] {
  const blocks = objectsAt(card, 'body', 'elements')
    .filter(({ tag }) => tag !== 'form')
    .flatMap(blocksIn);
  return blocks.filter((block) => block.tag === 'button' && callbackOf(block));
}

export function formOf(card: unknown): Json | undefined {
  return objectsAt(card, 'body', 'elements').find(({ tag }) => tag === 'form');
}

export function labelOf(button: Json): string {
  return textAt(button, 'text', 'content');
}

/** The action of a press: page "卡片回传交互回调". */
export function actionOf(button: Json, form_value?: Json): Json {
  const name = textAt(button, 'name');
  const value = callbackOf(button)?.value ?? {};
  return { value, tag: 'button', ...(name && { name }), ...(form_value && { form_value }) };
}

export function submitButtonOf(form: Json): Json {
  return blocksOf(form).find((block) => block.form_action_type === 'submit') ?? {};
}

/** The values that the form sends. Throws the error that a client shows to a person. */
export function fillForm(form: Json, values: Readonly<Record<string, string>>): Json {
  const fields = blocksOf(form).filter(isField);
  const nameOf = (field: Json) => textAt(field, 'name');
  const names = fields.map(nameOf);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`The form has no field ${unknown}.`);
  const entries = fields.map((field) => {
    const value = values[nameOf(field)] ?? initialValueOf(field);
    checkValue(field, nameOf(field), value);
    return [nameOf(field), value];
  });
  return Object.fromEntries(entries);
}

function checkValue(field: Json, name: string, value: string): void {
  if (field.required === true && value.trim() === '') throw new Error(`The field ${name} is required.`);
  const options = objectsAt(field, 'options').map((option) => textAt(option, 'value'));
  if (field.tag === 'select_static' && value !== '' && !options.includes(value)) {
    throw new Error(`The field ${name} has no option ${value}.`);
  }
  const max = Number(field.max_length ?? 1000);
  if (value.length > max) throw new Error(`The field ${name} takes at most ${max} characters.`);
}

/** The text before a field is its label. */
function toForm(form: Json): Form {
  const blocks = blocksOf(form);
  const fields = blocks.flatMap((field, at) => {
    if (!isField(field)) return [];
    const options = objectsAt(field, 'options').map((option) => ({
      label: textAt(option, 'text', 'content'),
      value: textAt(option, 'value'),
    }));
    const label = readMarkdown(textAt(blocks[at - 1], 'content')) || textAt(field, 'label', 'content');
    const value = initialValueOf(field);
    return [{ name: textAt(field, 'name'), label, value, ...(options.length > 0 && { options }) }];
  });
  return { kind: 'form', submit: labelOf(submitButtonOf(form)), fields };
}

function isField({ tag }: Json): boolean {
  return tag === 'input' || tag === 'select_static';
}

function initialValueOf(field: Json): string {
  return textAt(field, 'default_value') || textAt(field, 'initial_option');
}

function blocksOf(form: Json): Json[] {
  return objectsAt(form, 'elements').flatMap(blocksIn);
}

function callbackOf(button: Json): Json | undefined {
  return objectsAt(button, 'behaviors').find(({ type }) => type === 'callback');
}
