import { functionOf } from './intrinsics';
import { isMapping, type Mapping, mappingOf } from './mapping';
import type { ResourceDeclaration } from './template';

const SECTIONS: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
};

/**
 * A resource with what the template's Globals give to all of its type: mappings are merged, lists are put after the
 * global ones, anything else of its own wins (SAM Developer Guide, "Globals section").
 */
export function applyGlobals(resource: ResourceDeclaration, globals: Mapping): ResourceDeclaration {
  const section = SECTIONS[resource.type];
  if (!section) return resource;
  return {
    ...resource,
    properties: mergeMappings(mappingOf(globals[section], `Globals: ${section}`), resource.properties),
  };
}

function mergeMappings(common: Mapping, own: Mapping): Mapping {
  const shared = Object.entries(common).map(([key, value]) => [key, key in own ? merge(value, own[key]) : value]);
  return { ...own, ...Object.fromEntries(shared) };
}

function merge(common: unknown, own: unknown): unknown {
  if (Array.isArray(common) && Array.isArray(own)) return [...common, ...own];
  const plain = (value: unknown): value is Mapping => isMapping(value) && !functionOf(value);
  return plain(common) && plain(own) ? mergeMappings(common, own) : own;
}
