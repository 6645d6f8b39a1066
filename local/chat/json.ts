export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object these bytes are JSON of; undefined when they are not, which is for the platform to complain about. */
export function parseObject(bytes: Buffer): Json | undefined {
  // A file of many megabytes is not read as text.
  if (!/^\s*\{/.test(bytes.toString('utf8', 0, 64))) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Walks into nested objects; undefined where the way ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((here, step) => (isObject(here) ? here[step] : undefined), value);
}

/** The text there, empty where there is none. */
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

/** Every object inside, the outermost first. */
export function everyObject(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(everyObject);
  return isObject(value) ? [value, ...Object.values(value).flatMap(everyObject)] : [];
}
