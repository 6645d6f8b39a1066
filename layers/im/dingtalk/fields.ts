import { fieldOf } from '../errors';

/** A text in a callback or an answer, empty where there is none or something else. */
export function textAt(json: unknown, ...path: string[]): string {
  const found = path.reduce(fieldOf, json);
  return typeof found === 'string' ? found : '';
}

/** A list in it, empty where there is none. */
export function listAt(json: unknown, ...path: string[]): unknown[] {
  const found = path.reduce(fieldOf, json);
  return Array.isArray(found) ? found : [];
}

/** Milliseconds since 1970, which the documents have as a number and as a text; undefined for anything else. */
export function timeAt(json: unknown, name: string): number | undefined {
  const found = fieldOf(json, name);
  const time = typeof found === 'string' && /^\d{13}$/.test(found) ? Number(found) : found;
  return typeof time === 'number' && time >= 1e12 && time < 1e13 ? time : undefined;
}
