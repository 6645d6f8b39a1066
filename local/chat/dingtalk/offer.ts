import { type Json, objectsAt, textAt } from '../json';
import type { MessageView } from '../message-view';
import type { Control } from '../workspace';
import { view } from './see';
import { readForm, type TextForm } from './text-form';

/** A link that types its words for whoever presses it; developers quote the help page "how to send a robot a message by a link". */
const TYPES = 'dtmd://dingtalkclient/sendMessage?content=';
const LINK = /\[((?:\\.|[^[\]\\])*)\]\((dtmd:[^()\s]*)\)/g;

/** What a message of the robot offers a person. */
export interface Offer {
  buttons: { label: string; command: string }[];
  form?: TextForm;
}

/** Controls of a robot's message: in an actionCard as buttons, in its text as links; a form is there to be copied. */
export function offerIn(message: Json): Offer {
  const content = message[textAt(message, 'msgtype')];
  const pressed = [
    [textAt(content, 'singleTitle'), textAt(content, 'singleURL')] as const,
    ...objectsAt(content, 'btns').map((button) => [textAt(button, 'title'), textAt(button, 'actionURL')] as const),
    ...[...textAt(content, 'text').matchAll(LINK)].map(([, label = '', url = '']) => [plain(label), url] as const),
  ];
  const buttons = new Map(
    pressed.filter(([, url]) => url.startsWith(TYPES)).map(([label, url]) => [label, wordsOf(url)]),
  );
  const form = readForm(seenOf(message).lines);
  return { buttons: [...buttons].map(([label, command]) => ({ label, command })), ...(form && { form }) };
}

/** As a person sees it: a link of this kind is its label, and nothing opens. */
export function seenOf(message: Json): MessageView {
  const seen = view(message);
  return { ...seen, lines: seen.lines.map((line) => line.replace(/ <dtmd:[^>]*>/g, '')) };
}

export function controlsOf({ buttons, form }: Offer): Control[] {
  const controls: Control[] = buttons.map(({ label }) => ({ kind: 'button', label }));
  if (form) controls.push({ kind: 'form', submit: form.submit, fields: form.fields.map(fieldOf) });
  return controls;
}

function fieldOf({ name, value, choices }: TextForm['fields'][number]) {
  const options = choices.map((choice) => ({ label: choice, value: choice }));
  return { name, label: name, value, ...(options.length > 0 && { options }) };
}

function wordsOf(url: string): string {
  return decodeURIComponent(url.slice(TYPES.length));
}

function plain(label: string): string {
  return seenOf({ msgtype: 'markdown', markdown: { title: '', text: label } }).lines.join(' ');
}
