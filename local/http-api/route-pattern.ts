/** Which requests a route takes. */
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

/** Takes what no other route takes. */
export const DEFAULT_PATTERN: RoutePattern = { key: '$default', method: 'ANY', segments: [] };

/** Throws an Error, in words for whoever wrote the template, when method or path are none. */
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
  throw new Error(`Path: ${text} is neither a text nor a {variable}.`);
}

/**
 * Sorts patterns so that the first that fits is the one that API Gateway takes: a full match before a greedy variable before
 * $default (Developer Guide, "Create routes for HTTP APIs"); of those a method before ANY, and a text before a variable,
 * read from the left, which is observed rather than documented.
 */
export function priorityOf({ key, method, segments }: RoutePattern): string {
  if (key === DEFAULT_PATTERN.key) return '2';
  const kinds = segments.map(({ kind }) => RANK[kind]).join('');
  return `${kinds.endsWith('2') ? 1 : 0}${method === 'ANY' ? 1 : 0}${kinds}`;
}

/** The variables of a path that fits, which `$default` has none of; undefined when it does not fit. */
export function matchPath(
  { key, method, segments }: RoutePattern,
  asked: { method: string; path: readonly string[] },
): Record<string, string> | undefined {
  if (key === DEFAULT_PATTERN.key) return {};
  if (method !== 'ANY' && method !== asked.method) return undefined;
  if (segments.at(-1)?.kind !== 'greedy' && segments.length !== asked.path.length) return undefined;
  const found = segments.map(({ kind, name }, index) => {
    const text = kind === 'greedy' ? asked.path.slice(index).join('/') : asked.path[index];
    return { kind, name, text, fits: kind === 'text' ? text === name : Boolean(text) };
  });
  if (!found.every(({ fits }) => fits)) return undefined;
  return Object.fromEntries(found.flatMap(({ kind, name, text }) => (kind === 'text' ? [] : [[name, text ?? '']])));
}
