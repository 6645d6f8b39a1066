import { functionOf } from './intrinsics';
import type { ResourceDeclaration, Template } from './template';
import { isMapping, type Mapping, mappingOf, TemplateError } from './values';

const GLOBALS_SECTIONS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
};

/**
 * Adds the template's Globals to a resource: mappings are merged, lists are appended to the global ones, other values of the
 * resource replace the global ones (SAM Developer Guide, "Globals section").
 */
export function applyGlobals(resource: ResourceDeclaration, globals: Mapping): ResourceDeclaration {
  const section = GLOBALS_SECTIONS[resource.type];
  if (!section) return resource;
  const common = mappingOf(globals[section], `Globals: ${section}`);
  return { ...resource, properties: merge(common, resource.properties, true) };
}

/** Properties by logical id, e.g. `{ EventQueue: { VisibilityTimeout: 5 } }`. */
export type Overrides = Readonly<Record<string, Mapping>>;

/**
 * The template with some properties changed: mappings are merged, other values are replaced.
 * @throws TemplateError for an unknown resource; an unknown property is rejected when the resource is created
 */
export function applyOverrides(template: Template, overrides: Overrides): Template {
  const unknown = Object.keys(overrides).filter((id) => !Object.hasOwn(template.resources, id));
  if (unknown.length > 0) throw new TemplateError(`overrides: the template has no resource ${unknown.join(', ')}.`);
  const resources = Object.entries(template.resources).map(([id, resource]) => {
    return [id, { ...resource, properties: merge(resource.properties, overrides[id] ?? {}, false) }];
  });
  return { ...template, resources: Object.fromEntries(resources) };
}

function merge(base: Mapping, changes: Mapping, appendsLists: boolean): Mapping {
  const merged = Object.entries(changes).map(([key, value]) => [key, mergeValue(base[key], value, appendsLists)]);
  return { ...base, ...Object.fromEntries(merged) };
}

function mergeValue(base: unknown, change: unknown, appendsLists: boolean): unknown {
  if (appendsLists && Array.isArray(base) && Array.isArray(change)) return [...base, ...change];
  const isPlain = (value: unknown): value is Mapping => isMapping(value) && !functionOf(value);
  return isPlain(base) && isPlain(change) ? merge(base, change, appendsLists) : change;
}
