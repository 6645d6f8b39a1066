import { utf8Boundary, wordBoundary } from './text';

/** The largest of `0..high` that fits, give or take a grain, where `0` does and what fits does so in a smaller size too. */
export function largestFitting(high: number, fits: (count: number) => boolean, grain = 1): number {
  if (high <= 0 || fits(high)) return Math.max(0, high);
  let low = 0;
  let above = high;
  while (above - low > grain) {
    const middle = (low + above) >> 1;
    if (fits(middle)) low = middle;
    else above = middle;
  }
  return low;
}

/** As much of the beginning as fits, of at most that many bytes, broken after a line or a word where one ends near. */
export function head(text: string, maxBytes: number, fits: (head: string) => boolean): string {
  if (text === '' || (text.length <= maxBytes && fits(text))) return text;
  const bytes = largestFitting(
    maxBytes,
    (bytes) => fits(text.slice(0, utf8Boundary(text, bytes))),
    Math.ceil(maxBytes / 128),
  );
  const hard = text.slice(0, utf8Boundary(text, bytes));
  const soft = text.slice(0, wordBoundary(text, hard.length));
  return fits(soft) ? soft : hard;
}
