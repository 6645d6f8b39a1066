import { InvalidPattern } from './invalid-pattern';

/** What sits at the end of a path in an event. */
export type Leaf = string | number | boolean | null;

/** One value of a pattern's list, compiled: is this leaf what it asks for? */
export type Test = (leaf: Leaf) => boolean;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isLeaf = (value: unknown): value is Leaf =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A test that only strings can pass. */
export const ofText =
  (test: (text: string) => boolean): Test =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

export function text(operand: unknown, operator: string): string {
  if (typeof operand !== 'string') throw new InvalidPattern(`The operand of ${operator} must be a string.`);
  return operand;
}

/** The one entry of an object such as `{ "prefix": "a" }`. */
export function onlyEntry(expression: Record<string, unknown>): [operator: string, operand: unknown] {
  const [entry, ...more] = Object.entries(expression);
  if (!entry || more.length > 0) throw new InvalidPattern('A match expression must have exactly one key.');
  return entry;
}

/** Equal to one of these; numbers by value, so that 300 and 3.0e2 are the same. */
export function anyOf(leaves: readonly Leaf[]): Test {
  const [first, ...more] = leaves;
  if (more.length === 0) return (leaf) => leaf === first;
  const known = new Set(leaves);
  return (leaf) => known.has(leaf);
}
