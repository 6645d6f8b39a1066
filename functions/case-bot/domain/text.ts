/**
 * The text with full-width letters, digits, colons and spaces (U+FF01 to U+FF5E, U+3000) as their ASCII twins, letter for letter, so that
 * a place in one is the same place in the other.
 */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (sign) =>
    sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
}

/** What is compared when people's spelling should not matter. */
export const normalize = (text: string): string => halfWidth(text).trim().toLowerCase();

/** Letters: enough to know one's own words by. */
const LONGEST = 100;

/** Somebody's words within a sentence of ours: on one line, and no link, button or bold type of theirs. */
export function sanitize(words: string): string {
  const line = words.replace(/[*`[\]\s]+/g, ' ').trim();
  return line.length > LONGEST ? `${[...line.slice(0, LONGEST)].slice(0, -1).join('')}…` : line;
}
