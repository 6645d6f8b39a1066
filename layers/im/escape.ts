const LINE_START = '^[ \\t]*(?:[#>=]|[+-](?=[\\s+-]|$)|\\d{1,9}[.)](?=\\s|$))';
const INDENT = '^[ \\t]+| (?= )';
const NO_BREAK_SPACE = '\u00a0';
const WORD = /[A-Za-z0-9]/;
const PUNCTUATION = /[!-/:-@[-`{-~\s]/;

/**
 * Creates the escape function of one platform. It writes `signs` wherever they occur, and what is markup at the beginning of
 * a line only (headings, quotes, lists, indented code). Indentation becomes no-break spaces, because markdown swallows
 * ordinary ones.
 * @param signs inside of a character class, e.g. `*_`
 */
export function createEscaper(signs: string, write: (sign: string) => string): (text: string) => string {
  const source = `${LINE_START}|${INDENT}|[${signs}]`;
  const any = new RegExp(source, 'm');
  const all = new RegExp(source, 'gm');
  const replace = (found: string, at: number, text: string) => {
    if (found.length > 1 || found === ' ' || found === '\t') return rewrite(found, write);
    return isHarmless(found, at, text) ? found : write(found);
  };
  return (text) => (any.test(text) ? text.replace(all, replace) : text);
}

/** A backslash before markup, as CommonMark defines it. */
export function escapeWithBackslash(sign: string): string {
  return `\\${sign}`;
}

function rewrite(found: string, write: (sign: string) => string): string {
  const mark = found.trimStart();
  const indent = found.slice(0, found.length - mark.length);
  const spaces = indent.replaceAll(' ', NO_BREAK_SPACE).replaceAll('\t', NO_BREAK_SPACE.repeat(4));
  return mark === '' ? spaces : spaces + mark.slice(0, -1) + write(mark.slice(-1));
}

/** Keeps names (`my_bucket`), paths (`C:\Users`) and single tildes readable, should a platform not know our escape. */
function isHarmless(sign: string, at: number, text: string): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + 1);
  if (sign === '_') return WORD.test(before) && WORD.test(after);
  if (sign === '\\') return after !== '' && !PUNCTUATION.test(after);
  if (sign === '~') return before !== '~' && after !== '~';
  if (sign === '<') return !/[A-Za-z/!?@]/.test(after);
  if (sign === '&') return !/[#\w]/.test(after);
  return false;
}
