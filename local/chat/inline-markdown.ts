/** The inline markdown that a platform understands. */
export interface InlineDialect {
  /** `\*` is a literal star. */
  readonly escapes?: boolean;
  /** `&#42;` is a literal star. */
  readonly entities?: boolean;
  /** `*slanted*` and `_slanted_`. */
  readonly italic?: boolean;
  /** `~~struck~~`. */
  readonly strike?: boolean;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', sim: '~' };

/** Moves ASCII to Unicode's private area, so that later rules do not match it, until `reveal`. */
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

/** Left to right, one escape or code span at a time, because an escaped backtick starts no code. */
function hideVerbatim(text: string, escapes = false): string {
  const verbatim = escapes ? /\\([!-/:-@[-`{-~])|`([^`\n]+)`/g : /()`([^`\n]+)`/g;
  return text.replace(verbatim, (_, escaped, code) => hide(escaped || code));
}

/** Inline markdown as a person reads it: without emphasis, links as `label <url>`. */
export function readInline(text: string, dialect: InlineDialect): string {
  let read = hideVerbatim(text, dialect.escapes)
    .replace(/!?\[([^[\]\n]*)\]\(([^()\s]*)\)/g, (_, label, url) => `${label} ${hide(`<${url}>`)}`)
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, '$1');
  if (dialect.italic) read = read.replace(/(?<![\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])/g, '$2');
  if (dialect.strike) read = read.replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '$1');
  return reveal(dialect.entities ? decodeEntities(read) : read);
}
