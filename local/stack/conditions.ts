import { resolveValue } from './intrinsics';
import { isMapping, listOf, type Mapping, textOf } from './mapping';
import type { Scope } from './scope';
import { TemplateError } from './template-error';

type Predicate = (argument: unknown, scope: Scope) => boolean;

/** Condition functions and those that rules add to them (CloudFormation User Guide, "Rule functions"). */
const PREDICATES: Readonly<Record<string, Predicate>> = {
  Condition: (name, scope) => scope.holds(textOf(name, 'Condition')),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf(argument, 'Fn::Equals').map((side) => comparable(resolveValue(side, scope)));
    return left === right;
  },
  'Fn::Not': (argument, scope) => !isTrue(listOf(argument, 'Fn::Not')[0], scope),
  'Fn::And': (argument, scope) => listOf(argument, 'Fn::And').every((part) => isTrue(part, scope)),
  'Fn::Or': (argument, scope) => listOf(argument, 'Fn::Or').some((part) => isTrue(part, scope)),
  'Fn::Contains': (argument, scope) => {
    const [values, value] = operands(argument, scope);
    return values.includes(value[0] ?? '');
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [members, values] = operands(argument, scope);
    return members.every((member) => values.includes(member));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [members, value] = operands(argument, scope);
    return members.every((member) => member === value[0]);
  },
};

/** Whether a condition expression is true. Throws TemplateError for what is no condition. */
export function isTrue(expression: unknown, scope: Scope): boolean {
  const [name, argument] = isMapping(expression) ? (Object.entries(expression)[0] ?? []) : [];
  const predicate = PREDICATES[name ?? ''];
  if (!predicate) throw new TemplateError(`${name ?? JSON.stringify(expression)} is no condition function.`);
  return predicate(argument, scope);
}

/** The template's conditions, each worked out when it is first asked for. Throws TemplateError for a circle. */
export function createConditions(declared: Mapping, scope: Scope): (name: string) => boolean {
  const known = new Map<string, boolean | undefined>();
  return function holds(name) {
    if (!(name in declared)) throw new TemplateError(`There is no condition ${name}.`);
    if (known.has(name)) return known.get(name) ?? circle(name);
    known.set(name, undefined);
    const value = isTrue(declared[name], { ...scope, holds });
    known.set(name, value);
    return value;
  };
}

function circle(name: string): never {
  throw new TemplateError(`The condition ${name} depends on itself.`);
}

/** Numbers and booleans compare as the texts that they are handed on as. */
function comparable(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function operands(argument: unknown, scope: Scope): [string[], string[]] {
  const [left, right] = listOf(argument, 'A rule function').map((side) =>
    [resolveValue(side, scope)].flat().map(comparable),
  );
  return [left ?? [], right ?? []];
}
