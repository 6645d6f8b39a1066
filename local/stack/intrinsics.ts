import { isMapping, listOf, mappingOf, textOf } from './mapping';
import type { Scope } from './scope';
import { replaceVariables } from './substitute';
import { TemplateError } from './template-error';

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(textOf(name, 'Ref')),
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': substituteAll,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::FindInMap': findInMap,
  'Fn::If': (argument, scope) => resolveValue(selectBranch(argument, scope), scope),
  'Fn::Base64': (value, scope) => Buffer.from(textOf(resolveValue(value, scope), 'Fn::Base64')).toString('base64'),
};

/**
 * A value with its functions carried out, as CloudFormation does. What is `AWS::NoValue` is left out.
 * Throws TemplateError for a function that it does not know or that is given something else than it takes.
 */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  if (!isMapping(value)) return value;
  const [name, argument] = functionOf(value) ?? [];
  if (name) return (INTRINSICS[name] ?? unknownFunction(name))(argument, scope);
  const entries = Object.entries(value).map(([key, item]) => [key, resolveValue(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** The function that a mapping stands for: its only key is `Ref` or begins with `Fn::`. */
export function functionOf(value: unknown): readonly [name: string, argument: unknown] | undefined {
  const [entry, more] = isMapping(value) ? Object.entries(value) : [];
  return entry && !more && /^(Ref$|Fn::)/.test(entry[0]) ? entry : undefined;
}

/** The branch of an `Fn::If` that counts. */
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

function findInMap(argument: unknown, scope: Scope): unknown {
  const keys = listOf(argument, 'Fn::FindInMap').map((key) =>
    textOf(resolveValue(key, scope), 'A key of Fn::FindInMap'),
  );
  const found = keys.reduce<unknown>((level, key) => (isMapping(level) ? level[key] : undefined), scope.mappings);
  if (found === undefined) throw new TemplateError(`Fn::FindInMap: there is no ${keys.join('.')} in Mappings.`);
  return found;
}
