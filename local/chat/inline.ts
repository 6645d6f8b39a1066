/** Which parts of markdown a platform's inline text understands. */
export interface Grammar {
  /** `\*` is a plain star. */
  readonly escapes?: boolean;
  /** `&#42;` is a plain star. */
  readonly entities?: boolean;
  /** `*slanted*` and `_slanted_`. */
  readonly italic?: boolean;
  /** `~~struck~~`. */
  readonly strike?: boolean;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', sim: '~' };

/** Hides ASCII from the rules that follow, in Unicode's private area, until `reveal`. */
export function hide(text: string): string {
  return text.replace(/[!-~]/g, (char) => String.fromCharCode(0xe000 + char.charCodeAt(0)));
}

export function reveal(text: string): string {
  return text.replace(/[\uE000-\uE07F]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xe000));
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

/** One escape or code span at a time, left to right, because an escaped backtick opens no code. */
function hideVerbatim(text: string, escapes = false): string {
  const verbatim = escapes ? /\\([!-/:-@[-`{-~])|`([^`\n]+)`/g : /()`([^`\n]+)`/g;
  return text.replace(verbatim, (_, escaped, code) => hide(escaped || code));
}

/** Inline markdown as a person reads it: emphasis gone, links as `label <url>`. */
export function readInline(text: string, grammar: Grammar): string {
  let read = hideVerbatim(text, grammar.escapes)
    .replace(/!?\[([^[\]\n]*)\]\(([^()\s]*)\)/g, (_, label, url) => `${label} ${hide(`<${url}>`)}`)
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1');
  if (grammar.italic) read = read.replace(/(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])/g, '$2');
  if (grammar.strike) read = read.replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '$1');
  return reveal(grammar.entities ? decodeEntities(read) : read);
}
