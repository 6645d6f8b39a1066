/** Looks up names in a template. Each function throws a TemplateError for an unknown name. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): unknown;
  attribute(resource: string, name: string): unknown;
  holds(condition: string): boolean;
}
