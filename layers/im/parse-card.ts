import type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
import { SEVERITIES } from './card';
import { isHttpUrl } from './markdown';

type Fields = Readonly<Record<string, unknown>>;
type Read<T> = (value: unknown, name: string) => T;

/**
 * Validates something that claims to be a Card, such as what a plugin returned: unknown keys are dropped, severity defaults to
 * `info`. Throws an Error with one sentence that names the field.
 */
export function parseCard(value: unknown): Card {
  const card = object(value, 'The card');
  return compact({
    title: words(card.title, 'title'),
    severity: severity(card.severity),
    summary: READ.fact(card.summary, 'summary'),
    text: READ.string(card.text, 'text'),
    facts: READ.facts(card.facts, 'facts'),
    quote: READ.string(card.quote, 'quote'),
    links: READ.links(card.links, 'links'),
    buttons: READ.buttons(card.buttons, 'buttons'),
    form: READ.form(card.form, 'form'),
    mentions: READ.mentions(card.mentions, 'mentions'),
  });
}

/** Readers of what may be absent, created once: every event passes through here. */
const READ = {
  string: optional(string),
  boolean: optional(boolean),
  fact: optional(fact),
  facts: optional(list(fact)),
  links: optional(list(link)),
  buttons: optional(list(button)),
  form: optional(form),
  fields: list(formField),
  options: optional(list(fact)),
  mentions: optional(list(mention)),
};

function severity(value: unknown): Severity {
  if (value === undefined) return 'info';
  const known = SEVERITIES.find((severity) => severity === value);
  if (!known) throw new Error(`severity must be one of ${SEVERITIES.join(', ')}.`);
  return known;
}

function fact(value: unknown, name: string): Fact {
  const { label, value: text } = object(value, name);
  return { label: string(label, `${name}.label`), value: string(text, `${name}.value`) };
}

function link(value: unknown, name: string): Link {
  const fields = object(value, name);
  const url = string(fields.url, `${name}.url`);
  if (!isHttpUrl(url)) throw new Error(`${name}.url must be an http or https url of at most 2000 characters.`);
  return { label: words(fields.label, `${name}.label`), url };
}

function button(value: unknown, name: string): Button {
  const { label, command } = object(value, name);
  return { label: words(label, `${name}.label`), command: words(command, `${name}.command`) };
}

function form(value: unknown, name: string): Form {
  const { command, submit, instructions, fields } = object(value, name);
  return {
    command: words(command, `${name}.command`),
    submit: words(submit, `${name}.submit`),
    ...compact({ instructions: READ.string(instructions, `${name}.instructions`) }),
    fields: READ.fields(fields, `${name}.fields`),
  };
}

function formField(value: unknown, name: string): Field {
  const field = object(value, name);
  return compact({
    name: words(field.name, `${name}.name`),
    label: string(field.label, `${name}.label`),
    options: READ.options(field.options, `${name}.options`),
    value: READ.string(field.value, `${name}.value`),
    hint: READ.string(field.hint, `${name}.hint`),
    multiline: READ.boolean(field.multiline, `${name}.multiline`),
    required: READ.boolean(field.required, `${name}.required`),
  });
}

function mention(value: unknown, name: string): Mention {
  const { id, mobile, everyone, name: person } = object(value, name);
  if (everyone === true) return { everyone };
  if (mobile !== undefined) return { mobile: words(mobile, `${name}.mobile`) };
  if (id === undefined) throw new Error(`${name} must have an id, a mobile, or everyone: true.`);
  return compact({ id: words(id, `${name}.id`), name: READ.string(person, `${name}.name`) });
}

function object(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} must be an object.`);
  if (value instanceof Promise) throw new Error(`${name} must be an object, not a promise of one.`);
  return value as Fields;
}

function list<T>(read: Read<T>): Read<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new Error(`${name} must be a list.`);
    const found: T[] = [];
    for (const each of value) found.push(read(each, `${name}[${found.length}]`));
    return found;
  };
}

function optional<T>(read: Read<T>): Read<T | undefined> {
  return (value, name) => (value === undefined ? undefined : read(value, name));
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`${name} must be a string.`);
  return value;
}

function words(value: unknown, name: string): string {
  if (string(value, name).trim() === '') throw new Error(`${name} must not be empty.`);
  return string(value, name);
}

function boolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`${name} must be true or false.`);
  return value;
}

/** Drops the keys without a value, so that a card compares and prints as what it contains. */
function compact<T extends object>(fields: T): T {
  const kept: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}
