import { listOf, type Mapping, mappingOf, textOf } from './mapping';
import { TemplateError } from './template-error';

/** A resource's properties, read by name and kind. Everything throws TemplateError for another kind. */
export interface Properties {
  text(name: string): string | undefined;
  /** Throws when it is absent. */
  requiredText(name: string): string;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  list(name: string): readonly unknown[];
  mapping(name: string): Mapping;
  /** As texts, e.g. for a service's attributes: mappings and lists as JSON. Only what is there. */
  texts(names: readonly string[]): Record<string, string>;
  /** Throws for a property that is not among these: misspelt, or not known to the local stack. */
  rejectUnknown(names: readonly string[]): void;
}

/** The properties of one resource, or of a mapping inside one, already resolved. */
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
