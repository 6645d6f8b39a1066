/** The maximum of communicationBody (CreateCase and AddCommunicationToCase). */
export const MAX_BODY_CHARS = 8_000;

/** Splits a text into bodies that AWS accepts, in order; each ends with the footer. No text is lost. */
export function splitBody(text: string, footer: string): string[] {
  const ending = footer && `\n\n${footer}`;
  const whole = text.trim();
  if (whole.length + ending.length <= MAX_BODY_CHARS) return [whole + ending];
  const pieces = split(whole, MAX_BODY_CHARS - ending.length - ' (99/99)'.length);
  return pieces.map((piece, index) => `${piece}${ending} (${index + 1}/${pieces.length})`);
}

function split(text: string, maxChars: number): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest; ) {
    const end = rest.length <= maxChars ? rest.length : breakBefore(rest, maxChars);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pieces;
}

/** After the last line, else the last word, that ends in the second half; never inside a surrogate pair. */
function breakBefore(text: string, maxChars: number): number {
  const line = text.lastIndexOf('\n', maxChars - 1) + 1;
  if (line > maxChars / 2) return line;
  const word = text.lastIndexOf(' ', maxChars - 1) + 1;
  if (word > maxChars / 2) return word;
  const isInsidePair = /[\ud800-\udbff]/.test(text.charAt(maxChars - 1));
  return isInsidePair ? maxChars - 1 : maxChars;
}
