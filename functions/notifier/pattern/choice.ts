import { anythingBut } from './anything-but';
import { cidr } from './cidr';
import { InvalidPattern } from './invalid-pattern';
import { anyOf, isLeaf, isObject, type Leaf, onlyEntry, type Test } from './leaf';
import { numeric } from './numeric';
import { equalsIgnoreCase, prefix, suffix, wildcard } from './words';

/** A field's list of values, compiled: one of them must hold. */
export interface Choice {
  /** Whether a leaf is one of the values. */
  readonly test: Test;
  /** Whether the list also takes the field's absence: `{ "exists": false }`. */
  readonly absent: boolean;
}

const OPERATORS: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix,
  suffix,
  wildcard,
  numeric,
  cidr,
  'equals-ignore-case': equalsIgnoreCase,
  'anything-but': anythingBut,
};

const always: Test = () => true;
const never: Test = () => false;

function exists(operand: unknown): Test {
  if (typeof operand !== 'boolean') throw new InvalidPattern('The operand of exists must be true or false.');
  return operand ? always : never;
}

function expression(value: unknown): Test {
  if (!isObject(value)) throw new InvalidPattern('A list of values must not hold a further list.');
  const [operator, operand] = onlyEntry(value);
  if (operator === 'exists') return exists(operand);
  const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!compile) throw new InvalidPattern(`"${operator}" is not an operator of event patterns.`);
  return compile(operand);
}

function oneOf(literals: Leaf[], tests: Test[]): Test {
  const all = literals.length > 0 ? [anyOf(literals), ...tests] : tests;
  const [only = never, ...more] = all;
  return more.length === 0 ? only : (leaf) => all.some((test) => test(leaf));
}

/** Compiles the list of values of the field with this name. */
export function choice(values: readonly unknown[], field: string): Choice {
  if (values.length === 0) throw new InvalidPattern(`The list of "${field}" must not be empty.`);
  const tests = values.filter((value) => !isLeaf(value)).map(expression);
  return {
    test: oneOf(
      values.filter(isLeaf),
      tests.filter((test) => test !== never),
    ),
    absent: tests.includes(never),
  };
}
