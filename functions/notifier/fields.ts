import { isLoose } from './shapes/shape';

/** One leaf of an event's detail. `path` is how it is reached: `['status', 'phase']`. */
export interface Leaf {
  path: string[];
  value: string;
}

const DEEPEST = 4;
const MOST = 200;

/** The leaves of a detail in its own order: scalars, and lists of scalars in one line. Lists of objects give their first one. */
export function leavesOf(value: unknown, path: string[] = [], found: Leaf[] = []): Leaf[] {
  if (found.length >= MOST || path.length > DEEPEST || value === null || value === undefined) return found;
  if (Array.isArray(value)) return leavesOfList(value, path, found);
  if (!isLoose(value)) return keep(String(value), path, found);
  for (const [key, inner] of Object.entries(value)) leavesOf(inner, [...path, key], found);
  return found;
}

function leavesOfList(list: unknown[], path: string[], found: Leaf[]): Leaf[] {
  const scalars = list.filter((entry) => typeof entry !== 'object');
  if (scalars.length === list.length) return keep(scalars.join(', '), path, found);
  return leavesOf(list.find(isLoose), path, found);
}

function keep(value: string, path: string[], found: Leaf[]): Leaf[] {
  if (value.trim()) found.push({ path, value });
  return found;
}

/** What people look for first, best first; tested on the last part of a leaf's path. */
const MATTERS = [
  /^(state|status|result|outcome|phase|severity|level|alarm|newstatevalue|conclusion)$|(state|status|result|severity)$/,
  /^(error|errorcode|errormessage|cause|reason|failure|statusmessage|statusreason|message|title|summary|description)$|(reason|message|error)$/,
  /(name|identifier|instanceid|bucket|cluster|project|pipeline|repository|job|function|resource|key)$/,
  /(event|action|operation|type|user|actor|principal)$/,
  /(id|arn|time|date|region|account|count|size|version)$/,
] as const;

const fold = (leaf: Leaf): string => (leaf.path.at(-1) ?? '').replace(/[-_ ]/g, '').toLowerCase();

/** Most telling first; leaves of one rank keep their order, and near the surface goes before deep inside. */
export function byWeight(leaves: readonly Leaf[]): Leaf[] {
  const weight = (leaf: Leaf): number => {
    const rank = MATTERS.findIndex((names) => names.test(fold(leaf)));
    return (rank < 0 ? MATTERS.length : rank) * 10 + leaf.path.length;
  };
  return leaves
    .map((leaf) => ({ leaf, weight: weight(leaf) }))
    .sort((one, other) => one.weight - other.weight)
    .map(({ leaf }) => leaf);
}

/** The name that a leaf is shown under: AWS's own field name, with its parent where that alone would say nothing. */
export function labelOf({ path }: Leaf): string {
  const last = path.at(-1) ?? '';
  const parent = path.at(-2);
  return parent && /^(id|name|arn|type|value|s|n)$/i.test(last) ? `${parent}.${last}` : last;
}

export const isTitle = (leaf: Leaf): boolean => /^(title|summary|subject|headline|eventmessage)$/.test(fold(leaf));
export const isState = (leaf: Leaf): boolean => MATTERS[0].test(fold(leaf));
