import type { Mapping } from './mapping';

/** A Ref of a Number is a text, a Ref of a list is a list of texts: so does CloudFormation. */
export type ParameterValue = string | readonly string[];

/** Whether one value, or one item of a list, keeps to a constraint's limit. */
type Keeps = (item: string, limit: unknown) => boolean;

const CONSTRAINTS: Readonly<Record<string, { keeps: Keeps; words(limit: unknown): string }>> = {
  AllowedValues: {
    keeps: (item, limit) => [limit].flat().map(String).includes(item),
    words: (limit) => `must be one of ${[limit].flat().join(', ')}`,
  },
  AllowedPattern: {
    keeps: (item, limit) => new RegExp(`^(?:${limit})$`).test(item),
    words: (limit) => `must match ${limit}`,
  },
  MinLength: {
    keeps: (item, limit) => item.length >= Number(limit),
    words: (limit) => `must have at least ${limit} characters`,
  },
  MaxLength: {
    keeps: (item, limit) => item.length <= Number(limit),
    words: (limit) => `must have at most ${limit} characters`,
  },
  MinValue: { keeps: (item, limit) => Number(item) >= Number(limit), words: (limit) => `must be at least ${limit}` },
  MaxValue: { keeps: (item, limit) => Number(item) <= Number(limit), words: (limit) => `must be at most ${limit}` },
};

/** What a value breaks, in words: CloudFormation User Guide, "Parameters". The value itself only where it may be seen. */
export function violatedConstraints(parameter: Mapping, value: ParameterValue): string[] {
  const items = [value].flat();
  const shown = parameter.NoEcho === true || parameter.NoEcho === 'true' ? '' : ` (it is "${items.join(',')}")`;
  if (/Number/.test(String(parameter.Type)) && !items.every(isNumber)) return [`must be a number${shown}`];
  return Object.entries(CONSTRAINTS)
    .filter(([name, { keeps }]) => name in parameter && !items.every((item) => keeps(item, parameter[name])))
    .map(([name, { words }]) => `${parameter.ConstraintDescription ?? words(parameter[name])}${shown}`);
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
