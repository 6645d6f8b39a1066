import type { Mapping } from './mapping';

/** What the names in a template stand for. Each throws TemplateError for a name that it does not know. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(resource: string, name: string): unknown;
  holds(condition: string): boolean;
  readonly mappings: Mapping;
}
