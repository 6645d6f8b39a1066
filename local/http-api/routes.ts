/** The requests that a route accepts. */
export interface RoutePattern {
  /** As API Gateway writes it: `POST /{platform}/{bot}`. */
  readonly key: string;
  readonly method: string;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly isVariable: boolean;
  /** The text, or the variable's name. */
  readonly name: string;
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** @throws Error with a message for the template's author when method or path is invalid */
export function parsePattern(method: string, path: string): RoutePattern {
  const upper = method.toUpperCase();
  if (!METHODS.includes(upper)) throw new Error(`Method must be one of ${METHODS.join(', ')}.`);
  if (!path.startsWith('/')) throw new Error('Path must begin with /.');
  return { key: `${upper} ${path}`, method: upper, segments: path.slice(1).split('/').map(parseSegment) };
}

function parseSegment(text: string): Segment {
  const [, variable, literal = ''] = /^(?:\{([\w.:-]+)\}|([^{}]*))$/.exec(text) ?? [];
  if (variable === undefined && literal !== text) throw new Error(`Path: ${text} is neither text nor a {variable}.`);
  return { isVariable: variable !== undefined, name: variable ?? literal };
}

export interface MatchedRoute<Route> {
  readonly route: Route;
  readonly variables: Readonly<Record<string, string>>;
}

/** Text comes before a variable from left to right, which is observed rather than documented. */
const priorityOf = ({ segments }: RoutePattern): string =>
  segments.map(({ isVariable }) => Number(isVariable)).join('');

/** The routes of an API. Not emulated: ANY, greedy variables and `$default`. */
export function createRoutes<Route extends { readonly pattern: RoutePattern }>() {
  const routes: Route[] = [];

  return {
    /** @throws when there is already a route for the same requests */
    add(route: Route): void {
      const same = routes.find(({ pattern }) => shapeOf(pattern) === shapeOf(route.pattern));
      if (same) throw new Error(`There is already a route ${same.pattern.key}.`);
      routes.push(route);
      routes.sort((one, other) => (priorityOf(one.pattern) < priorityOf(other.pattern) ? -1 : 1));
    },
    /**
     * The most specific route for a request, if any.
     * @param path decoded segments
     */
    match(method: string, path: readonly string[]): MatchedRoute<Route> | undefined {
      for (const route of routes) {
        const variables = matchPath(route.pattern, method, path);
        if (variables) return { route, variables };
      }
    },
  };
}

/** Two patterns of one shape accept the same requests: names of variables do not matter. */
const shapeOf = ({ method, segments }: RoutePattern): string =>
  `${method} ${segments.map(({ isVariable, name }) => (isVariable ? '{}' : name)).join('/')}`;

/** The path variables of a matching request; undefined when the pattern does not match. */
function matchPath(pattern: RoutePattern, method: string, path: readonly string[]): Record<string, string> | undefined {
  const { segments } = pattern;
  if (method !== pattern.method || segments.length !== path.length) return undefined;
  const isMatch = segments.every(({ isVariable, name }, index) => (isVariable ? path[index] : path[index] === name));
  if (!isMatch) return undefined;
  return Object.fromEntries(
    segments.flatMap(({ isVariable, name }, at) => (isVariable ? [[name, path[at] ?? '']] : [])),
  );
}

/**
 * The decoded segments of a request's path; undefined if it cannot be decoded. API Gateway's handling of `%2F` is not documented;
 * here it is no separator.
 */
export function parsePath(url: string): string[] | undefined {
  const [path = ''] = url.split('?');
  try {
    return path.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
