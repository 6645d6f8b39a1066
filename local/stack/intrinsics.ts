import { isMapping, listOf, mappingOf, TemplateError, textOf } from './values';

/** Looks up names in a template. Each function throws a TemplateError for an unknown name. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(resource: string, name: string): unknown;
  holds(condition: string): boolean;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(textOf(name, 'Ref')),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substituteAll,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': (argument, scope) => resolveValue(selectBranch(argument, scope), scope),
};

/**
 * A value with its intrinsic functions evaluated, as in CloudFormation. `AWS::NoValue` removes the member.
 * @throws TemplateError for an unknown function or a wrong argument
 */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  if (!isMapping(value)) return value;
  const [name, argument] = functionOf(value) ?? [];
  if (name) return (INTRINSICS[name] ?? unknownFunction(name))(argument, scope);
  const entries = Object.entries(value).map(([key, item]) => [key, resolveValue(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** The function of a mapping whose only key is `Ref` or begins with `Fn::`. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  const [entry, more] = isMapping(value) ? Object.entries(value) : [];
  return entry && !more && /^(Ref$|Fn::)/.test(entry[0]) ? entry : undefined;
}

/** The branch of an `Fn::If` that its condition selects. */
export function selectBranch(argument: unknown, scope: Pick<Scope, 'holds'>): unknown {
  const [condition, yes, no] = listOf(argument, 'Fn::If');
  return scope.holds(textOf(condition, 'The condition of Fn::If')) ? yes : no;
}

function unknownFunction(name: string): never {
  throw new TemplateError(`${name} is not supported by the local stack.`);
}

function getAttribute(argument: unknown, scope: Scope): unknown {
  const parts = typeof argument === 'string' ? argument.split('.') : listOf(argument, 'Fn::GetAtt');
  const [resource, ...attribute] = parts.map((part) => textOf(resolveValue(part, scope), 'Fn::GetAtt'));
  return scope.attribute(resource ?? '', attribute.join('.'));
}

function substituteAll(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  const own = mappingOf(variables, 'The variables of Fn::Sub');
  return replaceVariables(textOf(text, 'Fn::Sub'), (name) => {
    if (name in own) return textOf(resolveValue(own[name], scope), `\${${name}} in Fn::Sub`);
    const value = name.includes('.') ? getAttribute(name, scope) : scope.ref(name);
    return textOf(value, `\${${name}} in Fn::Sub`);
  });
}

function join(argument: unknown, scope: Scope): string {
  const [separator, values] = listOf(argument, 'Fn::Join');
  const texts = listOf(resolveValue(values, scope), 'The second argument of Fn::Join');
  return texts
    .map((text) => textOf(text, 'Each value of Fn::Join'))
    .join(textOf(separator, 'The delimiter of Fn::Join'));
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, values] = listOf(argument, 'Fn::Select');
  const position = Number(textOf(resolveValue(index, scope), 'The index of Fn::Select'));
  const list = listOf(resolveValue(values, scope), 'The second argument of Fn::Select');
  if (list[position] === undefined) throw new TemplateError(`Fn::Select: there is no item ${position} in the list.`);
  return list[position];
}

function split(argument: unknown, scope: Scope): string[] {
  const [separator, text] = listOf(argument, 'Fn::Split');
  return textOf(resolveValue(text, scope), 'Fn::Split').split(textOf(separator, 'The delimiter of Fn::Split'));
}

const VARIABLE = /\$\{(!?)([^}]*)\}/g;

/** Fn::Sub: replaces each `${Name}`; `${!Name}` becomes `${Name}`. */
export function replaceVariables(text: string, read: (name: string) => string): string {
  return text.replace(VARIABLE, (_all, literal: string, name: string) => (literal ? `\${${name}}` : read(name.trim())));
}

/** The names of the variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].filter(([, literal]) => !literal).map(([, , name]) => (name ?? '').trim());
}
