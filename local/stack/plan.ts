import { createConditions } from './conditions';
import { applyGlobals } from './globals';
import { type Mapping, mappingOf } from './mapping';
import { creationOrder } from './order';
import { parseParameters } from './parameters';
import { pseudoParameters, type StackIdentity } from './pseudo-parameters';
import { RESOURCE_TYPES } from './resources/resource-types';
import { checkRules } from './rules';
import { scheduleRules } from './schedule-rules';
import type { Scope } from './scope';
import type { CreatedResource } from './site';
import type { ResourceDeclaration, Template } from './template';
import { TemplateError } from './template-error';

/** What a template asks for under the given parameters. */
export interface Plan {
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  /** In creation order, each with what it needs. */
  readonly order: ReadonlyMap<string, readonly string[]>;
  readonly outputs: Mapping;
  /** What names stand for, given what is created up to now. */
  scope(created: ReadonlyMap<string, CreatedResource>): Scope;
}

type Given = Readonly<Record<string, string>>;

/** Throws TemplateError for whatever can be known to be wrong before anything is created. */
export function createPlan(template: Template, given: Given, identity: StackIdentity): Plan {
  const values = { ...pseudoParameters(identity), ...parseParameters(template.parameters, given) };
  const scope = scopeOf(template, values, new Map());
  checkRules(template.rules, scope);
  const wanted = Object.entries(template.resources).filter(
    ([, { condition }]) => condition === undefined || scope.holds(condition),
  );
  checkTypes(wanted);
  const resources = Object.fromEntries(wanted.map(([id, one]) => [id, applyGlobals(one, template.globals)]));
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
    mappings: template.mappings,
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
  const wanted = Object.entries(outputs).flatMap(([name, output]) => {
    const { Condition, Value } = mappingOf(output, `Output ${name}`);
    return Condition === undefined || scope.holds(String(Condition)) ? [[name, Value]] : [];
  });
  return Object.fromEntries(wanted);
}
