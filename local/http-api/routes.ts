export interface MatchedRoute<Route> {
  readonly route: Route;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Routes<Route> {
  /** @throws when there is already a route for the same requests */
  add(route: Route): void;
  /**
   * The most specific route for a request, if any.
   * @param path decoded segments
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

/** Two patterns of one shape accept the same requests: names of variables do not matter. */
function shapeOf({ key, method, segments }: RoutePattern): string {
  if (segments.length === 0) return key;
  return `${method} ${segments.map(({ kind, name }) => (kind === 'text' ? name : `{${kind}}`)).join('/')}`;
}

/** The requests that a route accepts. */
export interface RoutePattern {
  /** As API Gateway writes it: `POST /{platform}/{bot}`, `ANY /{proxy+}` or `$default`. */
  readonly key: string;
  readonly method: string;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly kind: keyof typeof RANK;
  /** The text, or the variable's name. */
  readonly name: string;
}

const RANK = { text: 0, variable: 1, greedy: 2 } as const;
const KINDS: readonly [RegExp, Segment['kind']][] = [
  [/^\{([\w.:-]+)\+\}$/, 'greedy'],
  [/^\{([\w.:-]+)\}$/, 'variable'],
  [/^([^{}]*)$/, 'text'],
];
const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Accepts requests that no other route accepts. */
export const DEFAULT_PATTERN: RoutePattern = { key: '$default', method: 'ANY', segments: [] };

/** @throws Error with a message for the template's author when method or path is invalid */
export function parsePattern(method: string, path: string): RoutePattern {
  const upper = method.toUpperCase();
  if (!METHODS.includes(upper)) throw new Error(`Method must be one of ${METHODS.join(', ')}.`);
  if (!path.startsWith('/')) throw new Error('Path must begin with /.');
  const segments = path.slice(1).split('/').map(parseSegment);
  const greedy = segments.findIndex(({ kind }) => kind === 'greedy');
  if (greedy >= 0 && greedy < segments.length - 1) throw new Error('A greedy variable must stand at the end of Path.');
  return { key: `${upper} ${path}`, method: upper, segments };
}

function parseSegment(text: string): Segment {
  for (const [shape, kind] of KINDS) {
    const [, name] = shape.exec(text) ?? [];
    if (name !== undefined) return { kind, name };
  }
  throw new Error(`Path: ${text} is neither text nor a {variable}.`);
}

/**
 * A sort key: the first matching pattern is the route that API Gateway selects. A full match comes before a greedy variable
 * before $default (Developer Guide, "Create routes for HTTP APIs"); then a method before ANY, and text before a variable from left
 * to right, which is observed rather than documented.
 */
export function priorityOf({ key, method, segments }: RoutePattern): string {
  if (key === DEFAULT_PATTERN.key) return '2';
  const kinds = segments.map(({ kind }) => RANK[kind]).join('');
  return `${kinds.endsWith('2') ? 1 : 0}${method === 'ANY' ? 1 : 0}${kinds}`;
}

/** The path variables of a matching request; undefined when the pattern does not match. */
export function matchPath(
  { key, method, segments }: RoutePattern,
  request: { method: string; path: readonly string[] },
): Record<string, string> | undefined {
  if (key === DEFAULT_PATTERN.key) return {};
  if (method !== 'ANY' && method !== request.method) return undefined;
  if (segments.at(-1)?.kind !== 'greedy' && segments.length !== request.path.length) return undefined;
  const found = segments.map(({ kind, name }, index) => {
    const text = kind === 'greedy' ? request.path.slice(index).join('/') : request.path[index];
    return { kind, name, text, isMatch: kind === 'text' ? text === name : Boolean(text) };
  });
  if (!found.every(({ isMatch }) => isMatch)) return undefined;
  return Object.fromEntries(found.flatMap(({ kind, name, text }) => (kind === 'text' ? [] : [[name, text ?? '']])));
}
