/** A problem in a template or its parameters, with a message for its author. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A section that may be absent. @throws TemplateError for another kind of value */
export function mappingOf(value: unknown, what: string): Mapping {
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) throw new TemplateError(`${what} must be a mapping of names to values.`);
  return value;
}

/** A scalar as text, as CloudFormation passes it on. @throws TemplateError for another kind of value */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${what} must be a text, a number or a boolean.`);
}

/** @throws TemplateError for another kind of value */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${what} must be a list.`);
  return value;
}

/** A resource's properties by name. Each function throws a TemplateError for another kind of value. */
export interface Properties {
  text(name: string): string | undefined;
  /** Also throws when the property is absent. */
  requiredText(name: string): string;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  list(name: string): readonly unknown[];
  mapping(name: string): Mapping;
  /** The existing ones as texts, e.g. for a service's attributes; mappings and lists as JSON. */
  texts(names: readonly string[]): Record<string, string>;
  /** Throws for a property with another name: misspelt, or not supported by the local stack. */
  rejectUnknown(names: readonly string[]): void;
}

/** @param values of a resource or a mapping inside it, with functions evaluated */
export function createProperties(values: Mapping): Properties {
  const present = (name: string): boolean => values[name] !== undefined;
  const text = (name: string): string | undefined => (present(name) ? textOf(values[name], name) : undefined);

  function requiredText(name: string): string {
    const value = text(name);
    if (value === undefined) throw new TemplateError(`${name} is missing.`);
    return value;
  }

  function number(name: string): number | undefined {
    if (!present(name)) return undefined;
    const value = Number(text(name));
    if (Number.isNaN(value)) throw new TemplateError(`${name} must be a number.`);
    return value;
  }

  return {
    text,
    requiredText,
    number,
    flag: (name) => (present(name) ? text(name) === 'true' : undefined),
    list: (name) => (present(name) ? listOf(values[name], name) : []),
    mapping: (name) => mappingOf(values[name], name),
    texts: (names) => Object.fromEntries(names.filter(present).map((name) => [name, asText(values[name])])),
    rejectUnknown(names) {
      const unknown = Object.keys(values).filter((name) => !names.includes(name));
      if (unknown.length > 0) throw new TemplateError(`${unknown.join(', ')}: not supported by the local stack.`);
    },
  };
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
