import { InvalidPattern } from './invalid-pattern';
import { anyOf, isObject, type Leaf, onlyEntry, type Test } from './leaf';
import { equalsIgnoreCase, prefix, suffix, wildcard } from './words';

const NEGATABLE: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix,
  suffix,
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

const listed = (operand: unknown): unknown[] => (Array.isArray(operand) ? operand : [operand]);

function literals(values: unknown[]): Leaf[] {
  const leaves = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const alike = leaves.length === values.length && new Set(leaves.map((leaf) => typeof leaf)).size === 1;
  if (!alike)
    throw new InvalidPattern('anything-but takes strings or numbers, at least one, and not both in one list.');
  return leaves;
}

/** `{ "prefix": "a" }`, or with a list: what none of the values may fulfil. */
function expressions(expression: Record<string, unknown>): Test {
  const [operator, operand] = onlyEntry(expression);
  const compile = Object.hasOwn(NEGATABLE, operator) ? NEGATABLE[operator] : undefined;
  if (!compile) throw new InvalidPattern(`anything-but does not know "${operator}".`);
  const values = listed(operand);
  if (values.length === 0) throw new InvalidPattern(`anything-but needs at least one value for "${operator}".`);
  if (operator.endsWith('fix') && !values.every((value) => typeof value === 'string' && value !== '')) {
    throw new InvalidPattern(`anything-but takes no empty "${operator}", and only strings.`);
  }
  const tests = values.map(compile);
  return (leaf) => tests.some((test) => test(leaf));
}

/** Any present value but these: a scalar, a list, or prefix, suffix, wildcard and equals-ignore-case of either. */
export function anythingBut(operand: unknown): Test {
  const refused = isObject(operand) ? expressions(operand) : anyOf(literals(listed(operand)));
  return (leaf) => !refused(leaf);
}
