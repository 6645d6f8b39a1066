import { type Json, objectsAt, textAt } from '../json';
import type { MessageView } from '../message-view';
import type { Control } from '../workspace';
import { view } from './webhook-view';

/** A link that types its text for the person; quoted from the help page "how to send a robot a message by a link". */
const COMMAND_URL = 'dtmd://dingtalkclient/sendMessage?content=';
const COMMAND_LINK = /\[((?:\\.|[^[\]\\])*)\]\((dtmd:[^()\s]*)\)/g;

/** The controls of a message of the robot. */
export interface MessageControls {
  readonly buttons: readonly { readonly label: string; readonly command: string }[];
  readonly form?: TextForm;
}

/** Buttons of an actionCard and links in its text; a form is text to copy. */
export function controlsIn(message: Json): MessageControls {
  const content = message[textAt(message, 'msgtype')];
  const links = [
    [textAt(content, 'singleTitle'), textAt(content, 'singleURL')] as const,
    ...objectsAt(content, 'btns').map((button) => [textAt(button, 'title'), textAt(button, 'actionURL')] as const),
    ...[...textAt(content, 'text').matchAll(COMMAND_LINK)].map(
      ([, label = '', url = '']) => [plainLabel(label), url] as const,
    ),
  ];
  const commands = new Map(links.filter(([, url]) => url.startsWith(COMMAND_URL)));
  const form = parseForm(viewAppMessage(message).lines);
  const buttons = [...commands].map(([label, url]) => ({
    label,
    command: decodeURIComponent(url.slice(COMMAND_URL.length)),
  }));
  return { buttons, ...(form && { form }) };
}

/** A command link is shown as its label: it opens no page. */
export function viewAppMessage(message: Json): MessageView {
  const shown = view(message);
  return { ...shown, lines: shown.lines.map((line) => line.replace(/ <dtmd:[^>]*>/g, '')) };
}

function plainLabel(label: string): string {
  return viewAppMessage({ msgtype: 'markdown', markdown: { title: '', text: label } }).lines.join(' ');
}

export function toControls({ buttons, form }: MessageControls): Control[] {
  const controls: Control[] = buttons.map(({ label }) => ({ kind: 'button', label }));
  if (form) controls.push({ kind: 'form', submit: form.submit, fields: form.fields.map(fieldOf) });
  return controls;
}

function fieldOf({ name, value, choices }: TextForm['fields'][number]) {
  const options = choices.map((choice) => ({ label: choice, value: choice }));
  return { name, label: name, value, ...(options.length > 0 && { options }) };
}

/** A form in the text of a message: its title, the command, and a line for each field. */
export interface TextForm {
  submit: string;
  command: string;
  fields: { name: string; value: string; choices: string[] }[];
}

const FIELD = /^([\w.-]+): (.*)$/;
/** A placeholder is in brackets. */
const PLACEHOLDER = /^\(.*\)$/;

/** The last form in the lines of a message; undefined if there is none. */
function parseForm(lines: readonly string[]): TextForm | undefined {
  const at = lines.findLastIndex((line, index) => line.endsWith(':') && FIELD.test(lines[index + 2] ?? ''));
  if (at < 0) return undefined;
  const [heading = '', command = '', ...below] = lines.slice(at);
  const end = below.findIndex((line) => !FIELD.test(line));
  return { submit: heading.slice(0, -1), command, fields: below.slice(0, end < 0 ? undefined : end).map(parseField) };
}

function parseField(line: string): TextForm['fields'][number] {
  const [, name = '', shown = ''] = line.match(FIELD) ?? [];
  if (shown.includes(' | ')) return { name, value: '', choices: shown.split(' | ') };
  return { name, value: PLACEHOLDER.test(shown) ? '' : shown, choices: [] };
}

/** What a person types who has copied the form and filled it in, without the empty fields. */
export function fillForm({ command, fields }: TextForm, values: Readonly<Record<string, string>>): string {
  const unknown = Object.keys(values).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) throw new Error(`The form has no field ${unknown}.`);
  const filled = fields.map(({ name, value }) => ({ name, value: values[name] ?? value }));
  const lines = filled.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${value}`);
  return [command, ...lines].join('\n');
}
