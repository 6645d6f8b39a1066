import { at, type Json, objectsAt, textAt } from '../json';
import type { Control } from '../workspace';

/** A button as it stands in a message. */
export interface Pressable {
  readonly block: Json;
  readonly element: Json;
  readonly label: string;
  /** Counted from 1; undefined outside of attachments. */
  readonly attachment?: number;
}

/** Slack names what the app has not named. */
export function withIds(payload: Json): Json {
  let count = 0;
  const named = (thing: Json, key: string) => (textAt(thing, key) ? thing : { ...thing, [key]: `auto${++count}` });
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

/** What a person can press and fill in: every input of a message belongs to one form, which the first button below it submits. */
export function controlsIn(payload: Json): Control[] {
  const submit = submitIn(payload);
  const buttons = buttonsIn(payload).filter(({ element }) => element !== submit?.element);
  const shown: Control[] = buttons.map(({ label }) => ({ kind: 'button', label }));
  return submit ? [...shown, { kind: 'form', submit: submit.label, fields: inputsIn(payload).map(fieldOf) }] : shown;
}

/** Links are opened, not pressed. */
export function buttonsIn(payload: Json): Pressable[] {
  const attached = objectsAt(payload, 'attachments').flatMap((each, at) =>
    pressables(objectsAt(each, 'blocks'), at + 1),
  );
  return [...pressables(objectsAt(payload, 'blocks')), ...attached];
}

/** The button that submits the form; undefined where there is none. */
export function submitIn(payload: Json): Pressable | undefined {
  const blocks = objectsAt(payload, 'blocks');
  const last = blocks.findLastIndex((block) => block.type === 'input');
  return last < 0 ? undefined : pressables(blocks.slice(last + 1))[0];
}

function pressables(blocks: Json[], attachment?: number): Pressable[] {
  return blocks.flatMap((block) =>
    objectsAt(block, 'elements')
      .filter((element) => element.type === 'button' && !textAt(element, 'url'))
      .map((element) => ({
        block,
        element,
        label: textAt(element, 'text', 'text'),
        ...(attachment && { attachment }),
      })),
  );
}

/** The input blocks of a message. */
export function inputsIn(payload: Json): Json[] {
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

/** What there is to choose from, without its groups. */
export function optionsOf(input: Json): Json[] {
  const element = at(input, 'element');
  return [
    ...objectsAt(element, 'options'),
    ...objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options')),
  ];
}
