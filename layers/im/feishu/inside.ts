/** What stands at the end of the way into an object that somebody else has made; undefined where the way ends early. */
export function inside(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const step of path) here = isObject(here) && Object.hasOwn(here, step) ? Reflect.get(here, step) : undefined;
  return here;
}

/** The text there; empty where there is none. */
export function textInside(value: unknown, ...path: string[]): string {
  const found = inside(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The list there; empty where there is none. */
export function listInside(value: unknown, ...path: string[]): unknown[] {
  const found = inside(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** A JSON object, or undefined; never throws. */
export function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids of people, chats and messages; they become part of paths, so nothing else may stand in them. */
export function isId(text: string): boolean {
  return /^[\w-]{1,128}$/.test(text);
}
