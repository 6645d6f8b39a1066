import { isObject, type Json } from '../../local/chat/json';

export type Path = readonly string[];

/** Every way into it, the outermost first. */
export function pathsIn(value: unknown): Path[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.flatMap(([name, inner]) => [[name], ...pathsIn(inner).map((path) => [name, ...path])]);
}

/** What is there; own properties only. */
export function valueAt(value: unknown, path: Path): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? valueAt(Reflect.get(value, name), rest)
    : undefined;
}

/** The same with something else there; `undefined` takes it away. */
export function put(content: Json, path: Path, value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(content));
  const [last = '', ...way] = [...path].reverse();
  const holder = valueAt(copy, way.reverse());
  if (isObject(holder) || Array.isArray(holder))
    // As JSON.parse does it: `__proto__` becomes a property like any other.
    Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}
