import { isObject } from '../ingest/json';

/** One leaf of an event's detail; its path is, for example, `['status', 'phase']`. */
export interface Leaf {
  path: string[];
  value: string;
}

const MAX_DEPTH = 4;
const MAX_LEAVES = 200;

/** The leaves of a detail: scalars, and lists of scalars in one line. Of a list of objects the first object is shown. */
function leavesOf(value: unknown, path: string[] = [], found: Leaf[] = []): Leaf[] {
  if (found.length >= MAX_LEAVES || path.length > MAX_DEPTH || value === null || value === undefined) return found;
  if (Array.isArray(value)) return leavesOfList(value, path, found);
  if (!isObject(value)) return withLeaf(String(value), path, found);
  for (const [key, inner] of Object.entries(value)) leavesOf(inner, [...path, key], found);
  return found;
}

function leavesOfList(list: unknown[], path: string[], found: Leaf[]): Leaf[] {
  const scalars = list.filter((entry) => typeof entry !== 'object');
  if (scalars.length === list.length) return withLeaf(scalars.join(', '), path, found);
  return leavesOf(list.find(isObject), path, found);
}

function withLeaf(value: string, path: string[], found: Leaf[]): Leaf[] {
  if (value.trim()) found.push({ path, value });
  return found;
}

const STATE =
  /^(state|status|result|outcome|phase|severity|level|alarm|newstatevalue|conclusion)$|(state|status|result|severity)$/;

/** What people look for first, most important first; tested on the last part of a leaf's path. */
const BY_IMPORTANCE = [
  STATE,
  /^(error|errorcode|errormessage|cause|reason|failure|statusmessage|statusreason|message|title|summary|description)$|(reason|message|error)$/,
  /(name|identifier|instanceid|bucket|cluster|project|pipeline|repository|job|function|resource|key)$/,
  /(event|action|operation|type|user|actor|principal)$/,
  /(id|arn|time|date|region|account|count|size|version)$/,
];

const nameOf = (leaf: Leaf): string => (leaf.path.at(-1) ?? '').replace(/[-_ ]/g, '').toLowerCase();

/** The most important leaves first; of equal importance the less deep ones first, then in the order of the detail. */
export function leavesByWeight(detail: unknown): Leaf[] {
  const weighed = leavesOf(detail).map((leaf) => {
    const rank = BY_IMPORTANCE.findIndex((names) => names.test(nameOf(leaf)));
    return { leaf, weight: (rank < 0 ? BY_IMPORTANCE.length : rank) * 10 + leaf.path.length };
  });
  return weighed.sort((one, other) => one.weight - other.weight).map(({ leaf }) => leaf);
}

/** AWS's own field name, with its parent where the name alone would say nothing. */
export function labelOf({ path }: Leaf): string {
  const last = path.at(-1) ?? '';
  const parent = path.at(-2);
  return parent && /^(id|name|arn|type|value|s|n)$/i.test(last) ? `${parent}.${last}` : last;
}

export const isTitle = (leaf: Leaf): boolean => /^(title|summary|subject|headline|eventmessage)$/.test(nameOf(leaf));
export const isState = (leaf: Leaf): boolean => STATE.test(nameOf(leaf));
