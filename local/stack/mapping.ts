import { TemplateError } from './template-error';

export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping, and no list. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A section that may be absent, as a mapping. Throws TemplateError when it is something else. */
export function mappingOf(value: unknown, what: string): Mapping {
  if (value === undefined || value === null) return {};
  if (!isMapping(value)) throw new TemplateError(`${what} must be a mapping of names to values.`);
  return value;
}

/** A scalar as CloudFormation hands it on: always text. Throws TemplateError for anything else. */
export function textOf(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${what} must be a text, a number or a boolean.`);
}

/** Throws TemplateError when it is no list. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${what} must be a list.`);
  return value;
}
