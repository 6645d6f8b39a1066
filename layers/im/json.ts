/** A JSON object that has not been validated yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether the value is a JSON object; a list is not. */
export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a JSON object; undefined for other JSON and for text that is no JSON. Never throws. */
export function parseJsonRecord(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The same of bytes; undefined also where they are not UTF-8: replacement characters would change what a person wrote. */
export function parseJsonBytes(bytes: Uint8Array): JsonRecord | undefined {
  try {
    return parseJsonRecord(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The value at a path; undefined where the path ends early. Reads own properties only, so `constructor` is undefined. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (parent, name) => (isJsonRecord(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined),
    value,
  );
}

/** The string at a path; empty where there is none. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The objects in the list at a path; empty where there is none. */
export function objectsAt(value: unknown, ...path: string[]): JsonRecord[] {
  return listAt(value, ...path).filter(isJsonRecord);
}
