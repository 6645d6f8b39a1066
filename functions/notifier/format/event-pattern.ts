import type { EventPattern } from '../../../plugins/formatter';
import { isObject } from '../ingest/json';
import {
  anyOf,
  compileExpression,
  InvalidPatternError,
  isScalar,
  type LeafTest,
  never,
  type Scalar,
} from './pattern-operators';

export { InvalidPatternError };

type Matches = (value: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern (Amazon EventBridge User Guide, "Creating Amazon EventBridge event patterns") into a function
 * that returns whether an event matches. It works on parsed JSON, so 300 and 3.0e2 are one number.
 * @throws InvalidPatternError for a pattern that EventBridge would reject
 */
export function matcher(pattern: EventPattern): (event: unknown) => boolean {
  if (!isObject(pattern)) throw new InvalidPatternError('A pattern must be a JSON object.');
  const [only, ...more] = alternatives(pattern).map(conjunctionMatches);
  if (!only) return () => false;
  return more.length === 0 ? only : (event) => only(event) || more.some((matches) => matches(event));
}

/** A field's list of values, compiled: one of them must hold. */
interface ValueTest {
  /** Whether a leaf is one of the values. */
  readonly test: LeafTest;
  /** Whether the list also accepts the field's absence: `{ "exists": false }`. */
  readonly acceptsAbsence: boolean;
}

/** Compiles the list of values of the field with this name. */
function compileValues(values: readonly unknown[], field: string): ValueTest {
  if (values.length === 0) throw new InvalidPatternError(`The list of "${field}" must not be empty.`);
  const tests = values.filter((value) => !isScalar(value)).map(compileExpression);
  const present = tests.filter((test) => test !== never);
  return { test: oneOf(values.filter(isScalar), present), acceptsAbsence: tests.includes(never) };
}

function oneOf(literals: Scalar[], tests: LeafTest[]): LeafTest {
  const all = literals.length > 0 ? [anyOf(literals), ...tests] : tests;
  const [only = never, ...more] = all;
  return more.length === 0 ? only : (leaf) => all.some((test) => test(leaf));
}

/** A pattern without `$or`: every field must match. */
type Conjunction = ReadonlyMap<string, ValueTest | Conjunction>;

const isConjunction = (node: ValueTest | Conjunction | undefined): node is Conjunction => node instanceof Map;

/** EventBridge's quota: a rule whose `$or` lists have more combinations is rejected. */
const MAX_COMBINATIONS = 1000;

/** Names that make a list under `$or` an ordinary field, as it was before `$or` was an operator. */
const RESERVED = /^(exactly|prefix|suffix|equals-ignore-case|anything-but|exists|wildcard|numeric|cidr|=|<|<=|>|>=)$/;

/**
 * Multiplies `$or` out. An alternative is merged with the fields next to it, so that both still have to find their values in the same
 * element of an array of objects.
 */
function alternatives(pattern: Record<string, unknown>): Conjunction[] {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new InvalidPatternError('A pattern must not have an empty object.');
  return fields.map(([field, value]) => fieldAlternatives(field, value)).reduce(combine);
}

function fieldAlternatives(field: string, value: unknown): Conjunction[] {
  if (isOr(field, value)) return value.flatMap(alternatives);
  if (Array.isArray(value)) return [new Map([[field, compileValues(value, field)]])];
  if (!isObject(value)) throw new InvalidPatternError(`"${field}" must be an object or a list.`);
  return alternatives(value).map((conjunction) => new Map([[field, conjunction]]));
}

const isOr = (field: string, value: unknown): value is Record<string, unknown>[] =>
  field === '$or' &&
  Array.isArray(value) &&
  value.length > 1 &&
  value.every((one) => isObject(one) && !Object.keys(one).some((key) => RESERVED.test(key)));

function combine(some: Conjunction[], others: Conjunction[]): Conjunction[] {
  if (some.length * others.length > MAX_COMBINATIONS) {
    throw new InvalidPatternError(`The $or lists make more than ${MAX_COMBINATIONS} combinations.`);
  }
  return some.flatMap((one) => others.map((other) => merge(one, other)));
}

function merge(one: Conjunction, other: Conjunction): Conjunction {
  const merged = new Map(one);
  for (const [field, node] of other) {
    const before = merged.get(field);
    merged.set(field, isConjunction(before) && isConjunction(node) ? merge(before, node) : node);
  }
  return merged;
}

/** In an array of objects one and the same element has to match all fields; absence has to hold in all of them. */
function conjunctionMatches(conjunction: Conjunction): Matches {
  const fields = [...conjunction].sort(
    ([, one], [, other]) => Number(isConjunction(one)) - Number(isConjunction(other)),
  );
  const tests = fields.map(([field, node]) => {
    const matches = isConjunction(node) ? conjunctionMatches(node) : valueMatches(node);
    return (record: Record<string, unknown>) => matches(record[field]);
  });
  const optional = mayBeAbsent(conjunction);
  const element: Matches = (value) => (optional && isAbsent(conjunction, value) ? false : matches(value));
  const matches: Matches = (value) => {
    if (Array.isArray(value)) return value.some(element) || (optional && isAbsent(conjunction, value));
    if (!isObject(value)) return optional;
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
  return matches;
}

function valueMatches({ test, acceptsAbsence }: ValueTest): Matches {
  const present: Matches = (value) => (Array.isArray(value) ? value.some(present) : isScalar(value) && test(value));
  return acceptsAbsence ? (value) => present(value) || !hasLeaf(value) : present;
}

/** Only leaves count as present: a field that holds an object or an empty array does not exist. */
const hasLeaf: Matches = (value) => (Array.isArray(value) ? value.some(hasLeaf) : isScalar(value));

/** Whether every field of this pattern may be missing at once. */
const mayBeAbsent = (conjunction: Conjunction): boolean =>
  [...conjunction.values()].every((node) => (isConjunction(node) ? mayBeAbsent(node) : node.acceptsAbsence));

function isAbsent(conjunction: Conjunction, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((element) => isAbsent(conjunction, element));
  if (!isObject(value)) return true;
  return [...conjunction].every(([field, node]) =>
    isConjunction(node) ? isAbsent(node, value[field]) : !hasLeaf(value[field]),
  );
}
