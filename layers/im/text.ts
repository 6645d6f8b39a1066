const encoder = new TextEncoder();
let scratch = new Uint8Array(64 * 1024);

/** What may not begin a piece: it belongs to the character before it. */
const BELONGS_BEFORE = /^(?:\p{M}|\p{Emoji_Modifier}|\u200d|[\u{e0020}-\u{e007f}])/u;
const JOINER = '\u200d';
/** More marks on one character are an attack, not a language. */
const MAX_MARKS = 64;

/** Length in UTF-8 bytes, which is what every chat platform but Slack counts. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/**
 * How many UTF-16 units from the beginning fit into `maxBytes` UTF-8 bytes without splitting a character: not inside a
 * surrogate pair, nor before a combining mark, joiner, skin tone or variation selector.
 */
export function utf8Boundary(text: string, maxBytes: number): number {
  if (maxBytes <= 0) return 0;
  if (text.length * 3 <= maxBytes) return text.length;
  if (scratch.length < maxBytes) scratch = new Uint8Array(maxBytes * 2);
  return boundary(text, encoder.encodeInto(text, scratch.subarray(0, maxBytes)).read);
}

/** The text, or its beginning and the mark; never more than `maxBytes` UTF-8 bytes. */
export function truncate(text: string, maxBytes: number, mark = '…'): string {
  if (text.length * 3 <= maxBytes || byteLength(text) <= maxBytes) return text;
  const room = maxBytes - byteLength(mark);
  return room < 0 ? '' : text.slice(0, utf8Boundary(text, room)) + mark;
}

/**
 * Splits a text into pieces of at most `maxBytes` UTF-8 bytes (4 or more), after a line or else after a word where one ends
 * near. The pieces together are the text.
 */
export function splitText(text: string, maxBytes: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest) {
    const end = wordBoundary(rest, utf8Boundary(rest, maxBytes) || firstCharacter(rest));
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return pieces;
}

/** Moves an end back behind the last newline in the second half of the piece, else behind the last space. */
function wordBoundary(text: string, end: number): number {
  if (end >= text.length) return end;
  const line = text.lastIndexOf('\n', end - 1) + 1;
  if (line > end / 2) return line;
  const word = text.lastIndexOf(' ', end - 1) + 1;
  return word > end / 2 ? word : end;
}

/** The largest of `0..high` that fits, give or take a grain. Zero must fit, and so must every size below one that fits. */
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

/** The longest prefix of at most `maxBytes` that fits, broken after a line or a word where one ends near. */
export function prefixThatFits(text: string, maxBytes: number, fits: (prefix: string) => boolean): string {
  if (text === '' || (text.length <= maxBytes && fits(text))) return text;
  const prefixOf = (bytes: number) => text.slice(0, utf8Boundary(text, bytes));
  const hard = prefixOf(largestFitting(maxBytes, (bytes) => fits(prefixOf(bytes)), Math.ceil(maxBytes / 128)));
  const soft = text.slice(0, wordBoundary(text, hard.length));
  return fits(soft) ? soft : hard;
}

function boundary(text: string, index: number): number {
  let at = index;
  for (let step = 0; step < MAX_MARKS; step++) {
    if (at <= 0 || at >= text.length || startsCharacter(text, at)) return at;
    at -= isLow(text, at - 1) && isHigh(text, at - 2) ? 2 : 1;
  }
  return index;
}

function startsCharacter(text: string, at: number): boolean {
  if (text[at - 1] === JOINER) return false;
  if (text.charCodeAt(at) < 0x300) return true;
  if (isLow(text, at) && isHigh(text, at - 1)) return false;
  return !BELONGS_BEFORE.test(text.slice(at, at + 2));
}

function firstCharacter(text: string): number {
  return isHigh(text, 0) && isLow(text, 1) ? 2 : 1;
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
