/** Blocks of Unicode that take two columns (East Asian Width W and F), emoji apart. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

/**
 * One character for a reader: a flag, an emoji with its modifiers, a letter with its accents. `Intl.Segmenter` knows more
 * scripts, but takes seconds for the longest message.
 */
const GRAPHEME = /\p{RI}{2}|\p{ExtPict}[\uFE0F\p{EMod}]*(?:\u200D\p{ExtPict}[\uFE0F\p{EMod}]*)*|\P{M}\p{M}*|\p{M}+/gu;

function graphemes(text: string): string[] {
  return text.match(GRAPHEME) ?? [];
}

function widthOfGrapheme(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (/^[\p{C}\p{M}]*$/u.test(grapheme)) return 0;
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(grapheme)) return 2;
  return WIDE.some(([from, to]) => point >= from && point <= to) ? 2 : 1;
}

/** The columns of a text in a terminal. */
export function widthOf(text: string): number {
  return graphemes(text).reduce((sum, grapheme) => sum + widthOfGrapheme(grapheme), 0);
}

/** The text within so many columns, with `…` if it is shortened. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const [first = ''] = fill(graphemes(text), columns - 1, widthOfGrapheme);
  return `${first.trimEnd()}…`;
}

/** Breaks a text into lines of at most so many columns, between words if possible. */
export function wrap(text: string, columns: number): string[] {
  const words = text.split(/(?<=\s)(?=\S)/).flatMap((word) => {
    return widthOf(word.trimEnd()) <= columns ? [word] : fill(graphemes(word), columns, widthOfGrapheme);
  });
  return fill(words, columns).map((line) => line.trimEnd());
}

/** Joins pieces until a line is full; trailing blanks may exceed it. */
function fill(pieces: string[], columns: number, measure = widthOf): string[] {
  const lines = [''];
  let used = 0;
  for (const piece of pieces) {
    const fits = used === 0 || used + measure(piece.trimEnd()) <= columns;
    if (fits) lines.push((lines.pop() ?? '') + piece);
    else lines.push(piece);
    used = (fits ? used : 0) + measure(piece);
  }
  return lines;
}
