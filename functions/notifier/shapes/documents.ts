/**
 * The JSON documents in a text: one, or several one after the other (with or without line breaks or commas between them).
 * `undefined` when it is not JSON, or not JSON to its end: then it is a text.
 */
export function documents(text: string): unknown[] | undefined {
  const whole = parse(text);
  if (whole) return whole;
  const pieces = /^[{[]/.test(text) ? cutDocuments(text) : undefined;
  if (!pieces || pieces.length < 2) return undefined;
  const parsed = pieces.map(parse);
  return parsed.every((piece) => piece !== undefined) ? parsed.flat() : undefined;
}

function parse(text: string): [unknown] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

/** A string that is never closed runs to the end of the text: a cut-off text may be large, and is read once. */
const STRINGS_AND_BRACKETS = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[{}[\]]/g;

/** Cuts after every bracket that closes a document. */
function cutDocuments(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(STRINGS_AND_BRACKETS)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > 0 || token.startsWith('"')) continue;
    pieces.push(text.slice(start, index + 1).replace(/^[\s,]+/, ''));
    start = index + 1;
  }
  const rest = text.slice(start).trim();
  return rest ? [...pieces, rest] : pieces;
}
