import type { Scope } from './intrinsics';
import { resolveValue } from './intrinsics';
import { isMapping, listOf, type Mapping, mappingOf, TemplateError, textOf } from './values';

type Predicate = (argument: unknown, scope: Scope) => boolean;

/** Condition functions, and the rule function Contains (CloudFormation User Guide, "Rule functions"). */
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
};

/** @throws TemplateError for a value that is not a condition */
export function isTrue(expression: unknown, scope: Scope): boolean {
  const [name, argument] = isMapping(expression) ? (Object.entries(expression)[0] ?? []) : [];
  const predicate = PREDICATES[name ?? ''];
  if (!predicate) throw new TemplateError(`${name ?? JSON.stringify(expression)} is not a condition function.`);
  return predicate(argument, scope);
}

/** The template's conditions, each evaluated when it is first used. @throws TemplateError for a circular condition */
export function createConditions(declared: Mapping, scope: Scope): (name: string) => boolean {
  const known = new Map<string, boolean | undefined>();
  return function holds(name) {
    if (!(name in declared)) throw new TemplateError(`There is no condition ${name}.`);
    if (known.has(name)) return known.get(name) ?? rejectCircle(name);
    known.set(name, undefined);
    const value = isTrue(declared[name], { ...scope, holds });
    known.set(name, value);
    return value;
  };
}

function rejectCircle(name: string): never {
  throw new TemplateError(`The condition ${name} depends on itself.`);
}

/** Numbers and booleans compare as text. */
function comparable(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function operands(argument: unknown, scope: Scope): [string[], string[]] {
  const [left, right] = listOf(argument, 'A rule function').map((side) =>
    [resolveValue(side, scope)].flat().map(comparable),
  );
  return [left ?? [], right ?? []];
}

/** @throws one TemplateError with the description of every violated assertion in the template's Rules */
export function checkRules(rules: Mapping, scope: Scope): void {
  const violated = Object.entries(rules).flatMap(([name, rule]) =>
    violatedAssertions(name, mappingOf(rule, `Rule ${name}`), scope),
  );
  if (violated.length > 0) throw new TemplateError(violated.join('\n'));
}

function violatedAssertions(name: string, { RuleCondition, Assertions }: Mapping, scope: Scope): string[] {
  if (RuleCondition !== undefined && !isTrue(RuleCondition, scope)) return [];
  return [Assertions ?? []]
    .flat()
    .map((assertion) => mappingOf(assertion, `Rule ${name}`))
    .filter(({ Assert }) => !isTrue(Assert, scope))
    .map(({ AssertDescription }) => String(AssertDescription ?? `An assertion of rule ${name} is violated.`));
}
