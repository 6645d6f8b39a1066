import { BlockList, isIP } from 'node:net';
import { isObject } from '../ingest/json';

/** Why a pattern is rejected, as one sentence; where EventBridge answers InvalidEventPatternException. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
}

/** The value at the end of a path in an event. */
export type Scalar = string | number | boolean | null;

/** One value of a pattern's list, compiled. */
export type LeafTest = (leaf: Scalar) => boolean;

export const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const always: LeafTest = () => true;
/** The test of `{ "exists": false }`: no value of the field passes. */
export const never: LeafTest = () => false;

/** Equal to one of these; numbers by value, so that 300 and 3.0e2 are the same. */
export function anyOf(leaves: readonly Scalar[]): LeafTest {
  const [first, ...more] = leaves;
  if (more.length === 0) return (leaf) => leaf === first;
  const known = new Set(leaves);
  return (leaf) => known.has(leaf);
}

type Compile = (operand: unknown) => LeafTest;

export function compileExpression(value: unknown): LeafTest {
  if (!isObject(value)) throw new InvalidPatternError('A list of values must not hold a further list.');
  const [operator, operand] = onlyEntry(value);
  const compile = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!compile) throw new InvalidPatternError(`"${operator}" is not an operator of event patterns.`);
  return compile(operand);
}

/** The one entry of an object such as `{ "prefix": "a" }`. */
function onlyEntry(expression: Record<string, unknown>): [operator: string, operand: unknown] {
  const [entry, ...more] = Object.entries(expression);
  if (!entry || more.length > 0) throw new InvalidPatternError('A match expression must have exactly one key.');
  return entry;
}

const ofText =
  (test: (text: string) => boolean): LeafTest =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

function textOperand(operand: unknown, operator: string): string {
  if (typeof operand !== 'string') throw new InvalidPatternError(`The operand of ${operator} must be a string.`);
  return operand;
}

function exists(operand: unknown): LeafTest {
  if (typeof operand !== 'boolean') throw new InvalidPatternError('The operand of exists must be true or false.');
  return operand ? always : never;
}

/** `prefix` and `suffix`: a string, or `{ "equals-ignore-case": string }`. */
function affix(operator: string, holds: (whole: string, part: string) => boolean): Compile {
  return (operand) => {
    if (!isObject(operand)) {
      const part = textOperand(operand, operator);
      return ofText((whole) => holds(whole, part));
    }
    const [modifier, value] = onlyEntry(operand);
    if (modifier !== 'equals-ignore-case') throw new InvalidPatternError(`${operator} does not know "${modifier}".`);
    const part = textOperand(value, modifier).toLowerCase();
    return ofText((whole) => holds(whole.toLowerCase(), part));
  };
}

function equalsIgnoreCase(operand: unknown): LeafTest {
  const wanted = textOperand(operand, 'equals-ignore-case').toLowerCase();
  return ofText((whole) => whole.toLowerCase() === wanted);
}

/** Searches piece by piece instead of by regular expression: a hostile text cannot make it backtrack. */
function wildcard(operand: unknown): LeafTest {
  const [head = '', ...rest] = wildcardPieces(textOperand(operand, 'wildcard'));
  const tail = rest.pop();
  if (tail === undefined) return ofText((whole) => whole === head);
  return ofText((whole) => {
    const end = whole.length - tail.length;
    if (end < head.length || !whole.startsWith(head) || !whole.endsWith(tail)) return false;
    let from = head.length;
    for (const piece of rest) {
      const at = whole.indexOf(piece, from);
      if (at < 0 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  });
}

/** The literal pieces between the stars; `\*` and `\\` are literal, any other escape is rejected. */
function wildcardPieces(text: string): string[] {
  const found = [''];
  for (const [token] of text.matchAll(/\\[\s\S]?|\*+|[^\\*]+/g)) {
    if (token.startsWith('**')) throw new InvalidPatternError('A wildcard must not have consecutive stars.');
    if (token === '*') found.push('');
    else if (!token.startsWith('\\')) found.push(`${found.pop()}${token}`);
    else if (token === '\\*' || token === '\\\\') found.push(`${found.pop()}${token.charAt(1)}`);
    else throw new InvalidPatternError('A backslash in a wildcard may only escape a star or a backslash.');
  }
  return found;
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function comparison(operator: unknown, bound: unknown): (value: number) => boolean {
  const compare = typeof operator === 'string' && Object.hasOwn(COMPARISONS, operator) && COMPARISONS[operator];
  if (!compare) throw new InvalidPatternError('numeric takes the operators =, <, <=, > and >=.');
  if (typeof bound !== 'number') throw new InvalidPatternError(`The operand of numeric ${operator} must be a number.`);
  return (value) => compare(value, bound);
}

/** One comparison, or a range that begins with its lower bound: `[">", 0, "<=", 5]`. */
function numeric(operand: unknown): LeafTest {
  if (!Array.isArray(operand)) throw new InvalidPatternError('The operand of numeric must be a list.');
  const [operator, bound, upperOperator, upper]: unknown[] = operand;
  const first = comparison(operator, bound);
  if (operand.length === 2) return (leaf) => typeof leaf === 'number' && first(leaf);
  const isRange = operand.length === 4 && /^>=?$/.test(String(operator)) && /^<=?$/.test(String(upperOperator));
  if (!isRange)
    throw new InvalidPatternError('A numeric range is a lower bound (> or >=) followed by an upper one (< or <=).');
  const second = comparison(upperOperator, upper);
  if (Number(bound) >= Number(upper))
    throw new InvalidPatternError('The lower bound of a numeric range must be below the upper one.');
  return (leaf) => typeof leaf === 'number' && first(leaf) && second(leaf);
}

const FAMILIES: Readonly<Record<number, 'ipv4' | 'ipv6'>> = { 4: 'ipv4', 6: 'ipv6' };

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => FAMILIES[isIP(address)];

/** An address block, IPv4 or IPv6; only an address of the same family can be in it. */
function cidr(operand: unknown): LeafTest {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(textOperand(operand, 'cidr')) ?? [];
  const family = familyOf(address);
  if (!family || Number(bits) > (family === 'ipv4' ? 32 : 128)) {
    throw new InvalidPatternError('The operand of cidr must be an address block such as 10.0.0.0/24.');
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return ofText((candidate) => familyOf(candidate) === family && block.check(candidate, family));
}

const NEGATABLE: Readonly<Record<string, Compile>> = {
  prefix: affix('prefix', (whole, part) => whole.startsWith(part)),
  suffix: affix('suffix', (whole, part) => whole.endsWith(part)),
  wildcard,
  'equals-ignore-case': equalsIgnoreCase,
};

/** Any present value but these: a scalar, a list, or prefix, suffix, wildcard and equals-ignore-case of either. */
function anythingBut(operand: unknown): LeafTest {
  const excluded = isObject(operand) ? excludedExpressions(operand) : anyOf(excludedLiterals(toList(operand)));
  return (leaf) => !excluded(leaf);
}

const toList = (operand: unknown): unknown[] => (Array.isArray(operand) ? operand : [operand]);

function excludedLiterals(values: unknown[]): Scalar[] {
  const leaves = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  const isUniform = leaves.length === values.length && new Set(leaves.map((leaf) => typeof leaf)).size === 1;
  if (!isUniform)
    throw new InvalidPatternError('anything-but takes strings or numbers, at least one, and not both in one list.');
  return leaves;
}

/** `{ "prefix": "a" }`, or with a list: none of the values may hold. */
function excludedExpressions(expression: Record<string, unknown>): LeafTest {
  const [operator, operand] = onlyEntry(expression);
  const compile = Object.hasOwn(NEGATABLE, operator) ? NEGATABLE[operator] : undefined;
  if (!compile) throw new InvalidPatternError(`anything-but does not know "${operator}".`);
  const values = toList(operand);
  if (values.length === 0) throw new InvalidPatternError(`anything-but needs at least one value for "${operator}".`);
  if (operator.endsWith('fix') && !values.every((value) => typeof value === 'string' && value !== '')) {
    throw new InvalidPatternError(`anything-but takes no empty "${operator}", and only strings.`);
  }
  const tests = values.map(compile);
  return (leaf) => tests.some((test) => test(leaf));
}

const OPERATORS: Readonly<Record<string, Compile>> = {
  ...NEGATABLE,
  exists,
  numeric,
  cidr,
  'anything-but': anythingBut,
};
