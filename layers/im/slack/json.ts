/** JSON of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether it is an object, and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that this is JSON of; undefined where it is none. */
export function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is there; undefined where the way ends early. Only own properties count, so `constructor` leads nowhere. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (here, step) => (isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined),
    value,
  );
}

/** The text there; empty where there is none. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The objects of the list there; none where there is no list. */
export function objectsAt(value: unknown, ...path: string[]): Json[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}
