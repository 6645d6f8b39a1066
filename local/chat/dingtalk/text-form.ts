/** A form as a person reads it in a message: what it is called, the words to begin with, and a line for each field. */
export interface TextForm {
  submit: string;
  command: string;
  fields: { name: string; value: string; choices: string[] }[];
}

const FIELD = /^([\w.-]+): (.*)$/;
/** In brackets stands what to enter there. */
const HINT = /^\(.*\)$/;

/** The last form that the lines of a message hold; undefined where they hold none. */
export function readForm(lines: readonly string[]): TextForm | undefined {
  const beginnings = lines.flatMap((line, at) => (line.endsWith(':') && FIELD.test(lines[at + 2] ?? '') ? [at] : []));
  const at = beginnings.at(-1);
  if (at === undefined) return undefined;
  const [heading = '', command = '', ...below] = lines.slice(at);
  const end = below.findIndex((line) => !FIELD.test(line));
  return { submit: heading.slice(0, -1), command, fields: below.slice(0, end < 0 ? undefined : end).map(readField) };
}

/** What somebody types who has copied the form and filled it in; what they know nothing about they leave out. */
export function fillIn({ command, fields }: TextForm, values: Readonly<Record<string, string>>): string {
  const unknown = Object.keys(values).find((name) => fields.every((field) => field.name !== name));
  if (unknown !== undefined) throw new Error(`The form has no field ${unknown}.`);
  const filled = fields.map(({ name, value }) => ({ name, value: values[name] ?? value }));
  return [command, ...filled.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${value}`)].join(
    '\n',
  );
}

function readField(line: string): TextForm['fields'][number] {
  const [, name = '', shown = ''] = line.match(FIELD) ?? [];
  if (shown.includes(' | ')) return { name, value: '', choices: shown.split(' | ') };
  return { name, value: HINT.test(shown) ? '' : shown, choices: [] };
}
