import { safe } from '../draw-seen';
import type { Control } from '../workspace';

type Form = Extract<Control, { kind: 'form' }>;
type Field = Form['fields'][number];

const NOT_LATEST = '只能用最新的一个 · Only the latest of this name can be used';

/** What is to be entered, by the name of the field. */
type Hints = ReadonlyMap<string, string>;

/** @param isLive whether this is the one that the workspace would press or submit; others can only be looked at. */
export function drawControl(control: Control, isLive: boolean, hints: Hints): string {
  return control.kind === 'button' ? drawButton(control.label, isLive) : drawForm(control, isLive, hints);
}

function drawButton(label: string, isLive: boolean): string {
  return `<button type="button" class="press" data-label="${safe(label)}"${closed(isLive)}>${safe(label)}</button>`;
}

function drawForm({ submit, fields }: Form, isLive: boolean, hints: Hints): string {
  const inputs = fields.map((field) => drawField(field, hints.get(field.name) ?? '')).join('');
  return `<form class="fill"><fieldset${closed(isLive)}>${inputs}<button class="press">${safe(submit)}</button></fieldset></form>`;
}

function closed(isLive: boolean): string {
  return isLive ? '' : ` disabled title="${NOT_LATEST}"`;
}

function drawField(field: Field, hint: string): string {
  const { options } = field;
  return `<label><span>${safe(field.label)}</span>${options ? drawSelect(field, options, hint) : drawText(field, hint)}</label>`;
}

/** HTML drops one line break at the beginning of a text area, so there is one more. */
function drawText({ name, value }: Field, hint: string): string {
  return `<textarea data-field="${safe(name)}" rows="1" placeholder="${safe(hint)}">\n${safe(value)}</textarea>`;
}

/** With nothing chosen to begin with, where the platform has nothing chosen. */
function drawSelect({ name, value }: Field, options: NonNullable<Field['options']>, hint: string): string {
  const isKnown = options.some((option) => option.value === value);
  const all = isKnown ? options : [{ label: hint || '—', value: '' }, ...options];
  const chosen = isKnown ? value : '';
  const drawn = all.map(
    (option) =>
      `<option value="${safe(option.value)}"${option.value === chosen ? ' selected' : ''}>${safe(option.label)}</option>`,
  );
  return `<select data-field="${safe(name)}">${drawn.join('')}</select>`;
}
