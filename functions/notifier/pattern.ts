import type { EventPattern } from '../../plugins/formatter';
import { alternatives, isPlain, type Plain } from './pattern/alternatives';
import type { Choice } from './pattern/choice';
import { InvalidPattern } from './pattern/invalid-pattern';
import { isLeaf, isObject } from './pattern/leaf';

export { InvalidPattern };

type Matches = (value: unknown) => boolean;

/** Nothing but leaves counts as present: a field that holds an object or an empty array does not exist. */
const hasLeaf: Matches = (value) => (Array.isArray(value) ? value.some(hasLeaf) : isLeaf(value));

function choiceMatches({ test, absent }: Choice): Matches {
  const present: Matches = (value) => (Array.isArray(value) ? value.some(present) : isLeaf(value) && test(value));
  return absent ? (value) => present(value) || !hasLeaf(value) : present;
}

/** Whether every field of this pattern may be missing at once. */
const mayBeAbsent = (plain: Plain): boolean =>
  [...plain.values()].every((node) => (isPlain(node) ? mayBeAbsent(node) : node.absent));

function isAbsent(plain: Plain, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((element) => isAbsent(plain, element));
  if (!isObject(value)) return true;
  return [...plain].every(([field, node]) => (isPlain(node) ? isAbsent(node, value[field]) : !hasLeaf(value[field])));
}

/** In an array of objects one and the same element has to match all fields; absence has to hold in all of them. */
function plainMatches(plain: Plain): Matches {
  const fields = [...plain].sort(([, one], [, other]) => Number(isPlain(one)) - Number(isPlain(other)));
  const tests = fields.map(([field, node]) => {
    const matches = isPlain(node) ? plainMatches(node) : choiceMatches(node);
    return (record: Record<string, unknown>) => matches(record[field]);
  });
  const optional = mayBeAbsent(plain);
  const element: Matches = (value) => (optional && isAbsent(plain, value) ? false : matches(value));
  const matches: Matches = (value) => {
    if (Array.isArray(value)) return value.some(element) || (optional && isAbsent(plain, value));
    if (!isObject(value)) return optional;
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
  return matches;
}

/**
 * Compiles an EventBridge event pattern (Amazon EventBridge User Guide, "Creating Amazon EventBridge event patterns")
 * into a function that says whether an event matches. Works on parsed JSON, so 300 and 3.0e2 are one number here.
 * @throws InvalidPattern for a pattern that EventBridge would refuse
 */
export function matcher(pattern: EventPattern): (event: unknown) => boolean {
  if (!isObject(pattern)) throw new InvalidPattern('A pattern must be a JSON object.');
  const [only, ...more] = alternatives(pattern).map(plainMatches);
  if (!only) return () => false;
  return more.length === 0 ? only : (event) => only(event) || more.some((matches) => matches(event));
}
