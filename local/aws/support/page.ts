import { type Input, optionalText } from '../input';
import { countWithin, unsuitable } from './constraint';

const MOST = 100;
const LEAST = 10;

interface Ordered {
  readonly order: number;
}

const TOKEN = /^before:(\d+)$/;

/** Where the next page begins: before the last one shown, so that what is added meanwhile moves nothing. */
const tokenAfter = (last: Ordered): string => Buffer.from(`before:${last.order}`).toString('base64url');

function startOf(input: Input): number {
  const token = optionalText(input, 'nextToken');
  if (token === undefined) return Number.POSITIVE_INFINITY;
  const [, order] = TOKEN.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (order === undefined) throw unsuitable('The nextToken is invalid.');
  return Number(order);
}

/** The first so many of what is left, and the token for the others. */
export function firstOf<T extends Ordered>(items: readonly T[], size: number): { items: T[]; nextToken?: string } {
  const shown = items.slice(0, size);
  const last = shown.at(-1);
  return { items: shown, nextToken: last && items.length > size ? tokenAfter(last) : undefined };
}

/**
 * The page that was asked for: 10 to 100 (API reference). How many there are unasked is not said, so it is the fewest.
 * @returns a picker, as input is checked before anything is looked up
 */
export function pageIn(
  input: Input,
): <T extends Ordered>(newestFirst: readonly T[]) => { items: T[]; nextToken?: string } {
  const size = countWithin(input, 'maxResults', LEAST, MOST) ?? LEAST;
  const start = startOf(input);
  return (newestFirst) => {
    const left = newestFirst.filter(({ order }) => order < start);
    return firstOf(left, size);
  };
}
