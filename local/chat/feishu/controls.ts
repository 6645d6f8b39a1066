import { isObject, type Json, objectsAt, textAt } from '../json';
import type { Control } from '../workspace';
import { blocksIn } from './card';
import { readMarkdown } from './markdown';

type Form = Extract<Control, { kind: 'form' }>;

/** What can be pressed or filled in: buttons that call the bot, and the form. Links are no controls. */
export function controlsOf(card: unknown): Control[] {
  const buttons: Control[] = buttonsOf(card).map((button) => ({ kind: 'button', label: labelOf(button) }));
  const form = formOf(card);
  return form ? [...buttons, drawForm(form)] : buttons;
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

/** What pressing it sends: page "卡片回传交互回调". */
export function actionOf(button: Json, form_value?: Json): Json {
  const name = textAt(button, 'name');
  return {
    value: callbackOf(button)?.value ?? {},
    tag: 'button',
    ...(name && { name }),
    ...(form_value && { form_value }),
  };
}

export function submitOf(form: Json): Json {
  return inputsOf(form).find((block) => block.form_action_type === 'submit') ?? {};
}

/** What the form sends when these are filled in. Throws what a person would be told by the client. */
export function fillIn(form: Json, values: Readonly<Record<string, string>>): Json {
  const fields = inputsOf(form).filter(isField);
  const names = fields.map((field) => textAt(field, 'name'));
  const stranger = Object.keys(values).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new Error(`The form has no field ${stranger}.`);
  return Object.fromEntries(
    fields.map((field) => {
      const name = textAt(field, 'name');
      const value = values[name] ?? presetOf(field);
      check(field, name, value);
      return [name, value];
    }),
  );
}

function check(field: Json, name: string, value: string): void {
  if (field.required === true && value.trim() === '') throw new Error(`The field ${name} is required.`);
  const options = objectsAt(field, 'options').map((option) => textAt(option, 'value'));
  if (field.tag === 'select_static' && value !== '' && !options.includes(value)) {
    throw new Error(`The field ${name} has no option ${value}.`);
  }
  if (value.length > Number(field.max_length ?? 1000)) throw new Error(`The field ${name} takes no more letters.`);
}

/** What stands in front of a field is its label. */
function drawForm(form: Json): Form {
  const blocks = inputsOf(form);
  const fields = blocks.flatMap((field, at) => {
    if (!isField(field)) return [];
    const options = objectsAt(field, 'options').map((option) => ({
      label: textAt(option, 'text', 'content'),
      value: textAt(option, 'value'),
    }));
    const label = readMarkdown(textAt(blocks[at - 1], 'content')) || textAt(field, 'label', 'content');
    return [{ name: textAt(field, 'name'), label, value: presetOf(field), ...(options.length > 0 && { options }) }];
  });
  return { kind: 'form', submit: labelOf(submitOf(form)), fields };
}

function isField({ tag }: Json): boolean {
  return tag === 'input' || tag === 'select_static';
}

function presetOf(field: Json): string {
  return textAt(field, 'default_value') || textAt(field, 'initial_option');
}

function inputsOf(form: Json): Json[] {
  return objectsAt(form, 'elements').flatMap(blocksIn);
}

function callbackOf(button: Json): Json | undefined {
  const callback = objectsAt(button, 'behaviors').find(({ type }) => type === 'callback');
  return isObject(callback) ? callback : undefined;
}
