import type { Button, Card, Fact, Field, Form, Link, Mention } from './card';
import { isHttpUrl } from './markdown';

/** What a webhook cannot offer as something to press: buttons and the form, as the words one would type instead. */
export function printout(card: Card): string[] {
  const lines = (card.buttons ?? []).map(printButton);
  if (card.form) lines.push(printForm(card.form));
  return lines;
}

/** A command of several lines stands by itself, so that it can be copied as a whole. */
export function printButton({ label, command }: Button): string {
  return `${label}:${command.includes('\n') ? '\n' : ' '}${command}`;
}

/** The command and its `name: value` lines, as the case bot reads them; a choice shows what there is to choose from. */
export function printForm(form: Form): string {
  return [`${form.instructions ?? form.submit}:`, form.command, ...form.fields.map(printField)].join('\n');
}

export function printFact({ label, value }: Fact): string {
  return label ? `${label}: ${value}` : value;
}

export function printLink(link: Link): string {
  return `${link.label}: ${link.url}`;
}

/** A mention where the platform cannot call that person: the name, as plain words. */
export function printMention(mention: Mention): string {
  if ('everyone' in mention) return '@all';
  return `@${'mobile' in mention ? mention.mobile : mention.name || mention.id}`;
}

/** The links that the platform may be given as buttons, and the others, which are shown as text. */
export function pressable(links: readonly Link[] | undefined, most: number): { buttons: Link[]; others: Link[] } {
  const buttons: Link[] = [];
  const others: Link[] = [];
  for (const link of links ?? []) {
    const fits = buttons.length < most && link.label.trim() !== '' && isHttpUrl(link.url);
    (fits ? buttons : others).push(link);
  }
  return { buttons, others };
}

/** As many categories as a service of AWS Support may have; a longer list is not read, and crowds out the rest of the form. */
const MOST_PRINTED = 40;

function printField({ name, label, value, options = [], hint }: Field): string {
  const isShort = options.length > 0 && options.length <= MOST_PRINTED;
  const offered = isShort ? options.map((option) => option.value).join(' | ') : `(${hint ?? label})`;
  return `${name}: ${value ?? offered}`;
}
