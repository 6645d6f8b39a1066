import { byteLength, utf8Boundary } from '../text';

/** The text, or its beginning with `…` behind it, of at most that many UTF-16 units; no character is torn. */
export function shortened(text: string, units: number): string {
  if (text.length <= units) return text;
  return `${text.slice(0, utf8Boundary(text, byteLength(text.slice(0, units - 1))))}…`;
}
