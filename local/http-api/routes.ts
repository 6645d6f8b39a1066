import { matchPath, priorityOf, type RoutePattern } from './route-pattern';

export interface MatchedRoute<Route> {
  readonly route: Route;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Routes<Route> {
  /** Throws an Error when there is already a route for the same requests. */
  add(route: Route): void;
  /**
   * The most specific route for a request; undefined when there is none.
   * @param path its segments, decoded
   */
  match(method: string, path: readonly string[]): MatchedRoute<Route> | undefined;
}

export function createRoutes<Route extends { readonly pattern: RoutePattern }>(): Routes<Route> {
  const routes: Route[] = [];

  return {
    add(route) {
      const same = routes.find(({ pattern }) => shapeOf(pattern) === shapeOf(route.pattern));
      if (same) throw new Error(`There is already a route ${same.pattern.key}.`);
      routes.push(route);
      routes.sort((one, other) => (priorityOf(one.pattern) < priorityOf(other.pattern) ? -1 : 1));
    },
    match(method, path) {
      for (const route of routes) {
        const variables = matchPath(route.pattern, { method, path });
        if (variables) return { route, variables };
      }
    },
  };
}

/** The name of a variable makes no difference. */
function shapeOf({ key, method, segments }: RoutePattern): string {
  if (segments.length === 0) return key;
  return `${method} ${segments.map(({ kind, name }) => (kind === 'text' ? name : `{${kind}}`)).join('/')}`;
}
