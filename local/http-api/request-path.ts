export interface RequestPath {
  /** With the stage, decoded. */
  readonly whole: string;
  /** Without the stage; absent when the path does not contain it. */
  readonly segments?: readonly string[];
}

/**
 * A request's path, split before it is decoded: API Gateway's handling of `%2F` is not documented, here it is no separator.
 * Undefined for a path that cannot be decoded.
 * @param stage `$default` is not in the path
 */
export function parsePath(url: string, stage: string): RequestPath | undefined {
  const [raw] = splitOnce(url, '?');
  try {
    const [first, ...rest] = raw.slice(1).split('/').map(decodeURIComponent);
    const whole = `/${[first, ...rest].join('/')}`;
    if (stage === '$default') return { whole, segments: [first ?? '', ...rest] };
    return first === stage ? { whole, segments: rest.length > 0 ? rest : [''] } : { whole };
  } catch {
    return undefined;
  }
}

/** The text before the first separator, and what is after it. */
export function splitOnce(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
