/** Most characters of a communication (CreateCase and AddCommunicationToCase, communicationBody). */
export const MAX_BODY_CHARS = 8_000;

/** Somebody's words as one body or several, in order, each with the same line at its end. Nothing is cut away. */
export function splitBody(text: string, footer: string): string[] {
  const ending = footer && `\n\n${footer}`;
  const whole = text.trim();
  if (whole.length + ending.length <= MAX_BODY_CHARS) return [whole + ending];
  const pieces = piecesOf(whole, MAX_BODY_CHARS - ending.length - ' (99/99)'.length);
  return pieces.map((piece, index) => `${piece}${ending} (${index + 1}/${pieces.length})`);
}

function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest; ) {
    const end = rest.length <= most ? rest.length : breakBefore(rest, most);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pieces;
}

/** Behind the last line, else the last word, that ends in the second half; else never inside of a character. */
function breakBefore(text: string, most: number): number {
  const line = text.lastIndexOf('\n', most - 1) + 1;
  if (line > most / 2) return line;
  const word = text.lastIndexOf(' ', most - 1) + 1;
  if (word > most / 2) return word;
  const isTorn = /[\ud800-\udbff]/.test(text.charAt(most - 1));
  return isTorn ? most - 1 : most;
}
