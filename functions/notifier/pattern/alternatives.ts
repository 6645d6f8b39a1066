import { type Choice, choice } from './choice';
import { InvalidPattern } from './invalid-pattern';
import { isObject } from './leaf';

/** A pattern without `$or`: every field must match. */
export type Plain = ReadonlyMap<string, Choice | Plain>;

/** EventBridge's quota: a rule whose `$or` lists have more combinations is refused. */
const MOST_COMBINATIONS = 1000;

/** Names that make a list under `$or` an ordinary field, as it was before `$or` was an operator. */
const RESERVED = /^(exactly|prefix|suffix|equals-ignore-case|anything-but|exists|wildcard|numeric|cidr|=|<|<=|>|>=)$/;

export const isPlain = (node: Choice | Plain | undefined): node is Plain => node instanceof Map;

function merge(one: Plain, other: Plain): Plain {
  const merged = new Map(one);
  for (const [field, node] of other) {
    const before = merged.get(field);
    merged.set(field, isPlain(before) && isPlain(node) ? merge(before, node) : node);
  }
  return merged;
}

function both(some: Plain[], others: Plain[]): Plain[] {
  if (some.length * others.length > MOST_COMBINATIONS) {
    throw new InvalidPattern(`The $or lists make more than ${MOST_COMBINATIONS} combinations.`);
  }
  return some.flatMap((one) => others.map((other) => merge(one, other)));
}

const isOr = (field: string, value: unknown): value is Record<string, unknown>[] =>
  field === '$or' &&
  Array.isArray(value) &&
  value.length > 1 &&
  value.every((one) => isObject(one) && !Object.keys(one).some((key) => RESERVED.test(key)));

function fieldAlternatives(field: string, value: unknown): Plain[] {
  if (isOr(field, value)) return value.flatMap(alternatives);
  if (Array.isArray(value)) return [new Map([[field, choice(value, field)]])];
  if (!isObject(value)) throw new InvalidPattern(`"${field}" must be an object or a list.`);
  return alternatives(value).map((plain) => new Map([[field, plain]]));
}

/**
 * Multiplies `$or` out. An alternative is merged with what stands beside it, so that both sides still
 * have to find their values in the same element of an array of objects.
 */
export function alternatives(pattern: Record<string, unknown>): Plain[] {
  const fields = Object.entries(pattern);
  if (fields.length === 0) throw new InvalidPattern('A pattern must not have an empty object.');
  return fields.map(([field, value]) => fieldAlternatives(field, value)).reduce(both);
}
