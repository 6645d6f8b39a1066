import { functionOf } from './intrinsics';
import { isMapping, type Mapping } from './mapping';
import type { Template } from './template';
import { TemplateError } from './template-error';

/** Properties by logical id, e.g. `{ EventQueue: { VisibilityTimeout: 5 } }`. */
export type Overrides = Readonly<Record<string, Mapping>>;

/**
 * The template with some properties set otherwise: mappings are merged, anything else is replaced. Throws TemplateError
 * for a resource that it does not declare; a property that its type does not know is refused when it is created.
 */
export function applyOverrides(template: Template, overrides: Overrides): Template {
  const unknown = Object.keys(overrides).filter((id) => !Object.hasOwn(template.resources, id));
  if (unknown.length > 0) throw new TemplateError(`overrides: the template has no resource ${unknown.join(', ')}.`);
  const resources = Object.entries(template.resources).map(([id, one]) => {
    return [id, { ...one, properties: merge(one.properties, overrides[id] ?? {}) }];
  });
  return { ...template, resources: Object.fromEntries(resources) };
}

function merge(old: Mapping, own: Mapping): Mapping {
  const changes = Object.entries(own).map(([key, value]) => {
    const before = old[key];
    return [key, isPlain(before) && isPlain(value) ? merge(before, value) : value];
  });
  return { ...old, ...Object.fromEntries(changes) };
}

const isPlain = (value: unknown): value is Mapping => isMapping(value) && !functionOf(value);
