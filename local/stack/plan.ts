import { partitionOf } from '../aws/partition';
import { checkRules, createConditions } from './conditions';
import { arnOf, type CreatedResource, defaultName, pseudoParameters, type StackIdentity } from './context';
import type { Scope } from './intrinsics';
import { functionOf, selectBranch, variablesIn } from './intrinsics';
import { applyGlobals } from './merge-properties';
import { parseParameters } from './parameters';
import { RESOURCE_TYPES } from './resources/resource-types';
import type { ResourceDeclaration, Template } from './template';
import { isMapping, type Mapping, mappingOf, TemplateError, textOf } from './values';

/** The resources of a template for given parameters. */
export interface Plan {
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  /** Ids in creation order, with the ids that each depends on. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly outputs: Mapping;
  /** Looks up names among the resources created so far. */
  scope(created: ReadonlyMap<string, CreatedResource>): Scope;
}

type Given = Readonly<Record<string, string>>;

/** @throws TemplateError for all problems that are known before a resource is created */
export function createPlan(template: Template, given: Given, identity: StackIdentity): Plan {
  const values = { ...pseudoParameters(identity), ...parseParameters(template.parameters, given) };
  const scope = scopeOf(template, values, new Map());
  checkRules(template.rules, scope);
  const included = Object.entries(template.resources).filter(
    ([, { condition }]) => condition === undefined || scope.holds(condition),
  );
  checkTypes(included);
  const resources = Object.fromEntries(included.map(([id, one]) => [id, applyGlobals(one, template.globals)]));
  const generated = scheduleRules(resources, identity);
  return {
    resources,
    order: creationOrder(resources, scope.holds),
    outputs: outputsOf(template.outputs, scope),
    scope: (created) => scopeOf(template, values, new Map([...generated, ...created])),
  };
}

function scopeOf(template: Template, values: Mapping, created: ReadonlyMap<string, CreatedResource>): Scope {
  function find(name: string): CreatedResource {
    const found = created.get(name);
    if (found) return found;
    const { condition } = template.resources[name] ?? {};
    const reason = condition ? `${name} is not created: its condition ${condition} is false.` : undefined;
    throw new TemplateError(reason ?? `There is no parameter or resource ${name} to refer to here.`);
  }

  function attribute(name: string, key: string): string {
    const { attributes } = find(name);
    const value = attributes[key];
    if (value !== undefined) return value;
    throw new TemplateError(`${name} has no attribute ${key}, but ${Object.keys(attributes).join(', ')}.`);
  }

  const scope: Omit<Scope, 'holds'> = {
    ref: (name) => (name in values ? values[name] : find(name).ref),
    attribute,
  };
  const holds = createConditions(template.conditions, { ...scope, holds: (name) => holds(name) });
  return { ...scope, holds };
}

function checkTypes(resources: [string, ResourceDeclaration][]): void {
  const unknown = resources.filter(([, { type }]) => !(type in RESOURCE_TYPES));
  const problems = unknown.map(([id, { type }]) => `${id}: the type ${type} is not supported by the local stack.`);
  if (problems.length > 0) throw new TemplateError(problems.join('\n'));
}

function outputsOf(outputs: Mapping, scope: Scope): Mapping {
  const included = Object.entries(outputs).flatMap(([name, output]) => {
    const { Condition, Value } = mappingOf(output, `Output ${name}`);
    return Condition === undefined || scope.holds(String(Condition)) ? [[name, Value]] : [];
  });
  return Object.fromEntries(included);
}

/**
 * The rules that SAM generates for schedules of functions, by logical id: the function's id, then the event's (SAM Developer Guide,
 * "CloudFormation resources generated when AWS::Serverless::Function is specified").
 */
function scheduleRules(
  resources: Readonly<Record<string, ResourceDeclaration>>,
  identity: StackIdentity,
): ReadonlyMap<string, CreatedResource> {
  const partition = partitionOf(identity.region);
  const rules = Object.entries(resources).flatMap(([id, { properties }]) =>
    Object.entries(isMapping(properties.Events) ? properties.Events : {}).flatMap(([event, declared]) =>
      isMapping(declared) && declared.Type === 'Schedule' ? [`${id}${event}`] : [],
    ),
  );
  return new Map(
    rules.map((id) => {
      const ref = defaultName(id, identity);
      return [id, { ref, attributes: { Arn: arnOf('events', `rule/${ref}`, { ...identity, partition }) } }];
    }),
  );
}

type Resources = Readonly<Record<string, ResourceDeclaration>>;
type Holds = (condition: string) => boolean;

/**
 * The resources in an order in which each comes after those that it names with Ref, Fn::GetAtt, Fn::Sub or DependsOn, and for each
 * the ids of those. @throws TemplateError for a circular dependency
 */
function creationOrder(resources: Resources, holds: Holds): Map<string, string[]> {
  const ordered = new Map<string, string[]>();

  function visit(id: string, path: readonly string[]): void {
    const { properties, dependsOn } = resources[id] ?? {};
    if (path.includes(id)) throw new TemplateError(`Circular dependency: ${[...path, id].join(' needs ')}.`);
    if (ordered.has(id)) return;
    const names = new Set([...references(properties, holds), ...(dependsOn ?? [])]);
    const needs = [...names].filter((name) => name in resources);
    for (const need of needs) visit(need, [...path, id]);
    ordered.set(id, needs);
  }

  for (const id of Object.keys(resources)) visit(id, []);
  return ordered;
}

/** Every name in a value; of an Fn::If only in the selected branch. */
function references(value: unknown, holds: Holds): string[] {
  const within = (part: unknown): string[] => references(part, holds);
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Ref') return [textOf(argument, 'Ref')];
  if (name === 'Fn::GetAtt') return [String([argument].flat()[0]).split('.')[0] ?? ''];
  if (name === 'Fn::If') return within(selectBranch(argument, { holds }));
  if (name === 'Fn::Sub') return substituted(argument).concat(within([argument].flat()[1]));
  if (Array.isArray(value)) return value.flatMap(within);
  return isMapping(value) ? Object.values(value).flatMap(within) : [];
}

function substituted(argument: unknown): string[] {
  const [text, variables] = [argument].flat();
  const own = mappingOf(variables, 'The variables of Fn::Sub');
  return variablesIn(textOf(text, 'Fn::Sub')).flatMap((name) => (name in own ? [] : (name.split('.')[0] ?? [])));
}
