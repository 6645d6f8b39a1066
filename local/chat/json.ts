export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in these bytes; undefined if there is none. */
export function parseObject(bytes: Buffer): Json | undefined {
  // Do not decode a file of many megabytes.
  if (!/^\s*\{/.test(bytes.toString('utf8', 0, 64))) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value at a path of nested objects; undefined if there is none. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((here, step) => (isObject(here) ? here[step] : undefined), value);
}

/** The text at a path; empty if there is none. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function objectsAt(value: unknown, ...path: string[]): Json[] {
  return listAt(value, ...path).filter(isObject);
}

export function stringsAt(value: unknown, ...path: string[]): string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** Every nested object, the outermost first. */
export function everyObject(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  return isObject(value) ? [value, ...Object.values(value).flatMap(everyObject)] : [];
}
