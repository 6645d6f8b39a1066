import { InvalidPattern } from './invalid-pattern';
import type { Test } from './leaf';

type Comparison = (value: number, bound: number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function comparison(operator: unknown, bound: unknown): (value: number) => boolean {
  const compare = typeof operator === 'string' && Object.hasOwn(COMPARISONS, operator) && COMPARISONS[operator];
  if (!compare) throw new InvalidPattern('numeric takes the operators =, <, <=, > and >=.');
  if (typeof bound !== 'number') throw new InvalidPattern(`The operand of numeric ${operator} must be a number.`);
  return (value) => compare(value, bound);
}

/** One comparison, or a range that begins with its lower bound: `[">", 0, "<=", 5]`. */
export function numeric(operand: unknown): Test {
  if (!Array.isArray(operand)) throw new InvalidPattern('The operand of numeric must be a list.');
  const [operator, bound, upperOperator, upper]: unknown[] = operand;
  const first = comparison(operator, bound);
  if (operand.length === 2) return (leaf) => typeof leaf === 'number' && first(leaf);
  const isRange = operand.length === 4 && /^>=?$/.test(String(operator)) && /^<=?$/.test(String(upperOperator));
  if (!isRange)
    throw new InvalidPattern('A numeric range is a lower bound (> or >=) followed by an upper one (< or <=).');
  const second = comparison(upperOperator, upper);
  if (Number(bound) >= Number(upper))
    throw new InvalidPattern('The lower bound of a numeric range must be below the upper one.');
  return (leaf) => typeof leaf === 'number' && first(leaf) && second(leaf);
}
