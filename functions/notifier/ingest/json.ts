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
export function textAt(object: JsonObject, name: string): string {
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

/**
 * The JSON documents in a text: one, or several one after the other, with or without line breaks or commas in between. Undefined for a
 * text that is not JSON to its end.
 */
export function parseDocuments(text: string): unknown[] | undefined {
  const whole = parse(text);
  if (whole) return whole;
  const pieces = /^[{[]/.test(text) ? splitDocuments(text) : undefined;
  if (!pieces || pieces.length < 2) return undefined;
  const parsed = pieces.map(parse);
  return parsed.every((piece) => piece !== undefined) ? parsed.flat() : undefined;
}

function parse(text: string): [unknown] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

/** An unclosed string runs to the end of the text, so a large truncated text is read once. */
const STRINGS_AND_BRACKETS = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[{}[\]]/g;

/** Splits after every bracket that closes a document. */
function splitDocuments(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(STRINGS_AND_BRACKETS)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > 0 || token.startsWith('"')) continue;
    pieces.push(text.slice(start, index + 1).replace(/^[\s,]+/, ''));
    start = index + 1;
  }
  const rest = text.slice(start).trim();
  return rest ? [...pieces, rest] : pieces;
}
