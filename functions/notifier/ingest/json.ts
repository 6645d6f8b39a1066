import { createHash } from 'node:crypto';

/** A parsed JSON object whose fields are not verified. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

const normalized = (key: string): string => key.replace(/[-_ ]/g, '').toLowerCase();

/**
 * A field of an envelope in any spelling of its name: `detail-type`, `DetailType`, `detailtype`, `detail_type`. Hand-written publishers
 * change the case; AWS's own PutEvents entries do, too.
 */
export function field(object: JsonObject, name: string): unknown {
  if (name in object) return object[name];
  const wanted = normalized(name);
  const key = Object.keys(object).find((candidate) => normalized(candidate) === wanted);
  return key === undefined ? undefined : object[key];
}

/** A field as text; numbers and booleans are printed, anything else is empty. */
export function fieldText(object: JsonObject, name: string): string {
  const value = field(object, name);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** JSON of any value; where JSON.stringify throws (some thousand levels of nesting), its error message as a JSON string. */
export function stringify(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent) ?? 'null';
  } catch (error) {
    return `"${error instanceof Error ? error.message : 'not JSON'}"`;
  }
}

/** 32 hex digits that are equal for equal content. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(stringify(content)).digest('hex').slice(0, 32);
