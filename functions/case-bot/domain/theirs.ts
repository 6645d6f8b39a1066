/** Letters: enough to know one's own words by. */
const LONGEST = 100;

/** Somebody's words within a sentence of ours: on one line, and no link, button or bold type of theirs. */
export function sanitize(words: string): string {
  const line = words.replace(/[*`[\]\s]+/g, ' ').trim();
  return line.length > LONGEST ? `${[...line.slice(0, LONGEST)].slice(0, -1).join('')}…` : line;
}
