/** Replaces full-width letters, digits, colons and spaces (U+FF01 to U+FF5E, U+3000) by ASCII, so that indexes stay the same. */
export function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
}

/** For comparisons that ignore case, width and surrounding spaces. */
export const toSearchKey = (text: string): string => halfWidth(text).trim().toLowerCase();

const MAX_QUOTED_CHARS = 100;

/** A person's words inside our own sentence: one line, without links, bold text or code, shortened. */
export function sanitize(words: string): string {
  const line = words.replace(/[*`[\]\s]+/g, ' ').trim();
  if (line.length <= MAX_QUOTED_CHARS) return line;
  return `${[...line.slice(0, MAX_QUOTED_CHARS)].slice(0, -1).join('')}…`;
}
