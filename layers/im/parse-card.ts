import type { Button, Card, Fact, Field, Form, Link, Mention, Severity } from './card';
import { SEVERITIES } from './card';
import { isHttpUrl } from './markdown';

type Fields = Readonly<Record<string, unknown>>;
type Read<T> = (value: unknown, name: string) => T;

/**
 * A clean Card out of something that claims to be one, such as what a plugin of yours returned: unknown keys are dropped,
 * severity is `info` where there is none. Throws an Error with one sentence that names the field.
 */
export function parseCard(value: unknown): Card {
  const card = object(value, 'The card');
  return compact({
    title: words(card.title, 'title'),
    severity: severity(card.severity),
    lead: READ.lead(card.lead, 'lead'),
    text: READ.string(card.text, 'text'),
    facts: READ.facts(card.facts, 'facts'),
    quote: READ.string(card.quote, 'quote'),
    links: READ.links(card.links, 'links'),
    buttons: READ.buttons(card.buttons, 'buttons'),
    form: READ.form(card.form, 'form'),
    mentions: READ.mentions(card.mentions, 'mentions'),
  });
}

/** What may be absent, put together once: every event passes through here. */
const READ = {
  string: optional(string),
  truth: optional(truth),
  lead: optional(fact),
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
  const { label, value: said } = object(value, name);
  return { label: string(label, `${name}.label`), value: string(said, `${name}.value`) };
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
  const { command, submit, lead, fields } = object(value, name);
  return {
    command: words(command, `${name}.command`),
    submit: words(submit, `${name}.submit`),
    ...compact({ lead: READ.string(lead, `${name}.lead`) }),
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
    multiline: READ.truth(field.multiline, `${name}.multiline`),
    required: READ.truth(field.required, `${name}.required`),
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

function truth(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`${name} must be true or false.`);
  return value;
}

/** Without the keys that have no value, so that a card compares and prints as what it holds. */
function compact<T extends object>(fields: T): T {
  const kept: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept as T;
}
