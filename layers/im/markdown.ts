/** How one platform shows the pieces of a text. `plain` escapes; what `bold` and the label of `link` get is escaped already. */
export interface Look {
  plain(text: string): string;
  bold(escaped: string): string;
  code(raw: string): string;
  link(escapedLabel: string, url: string): string;
  newline: string;
}

export type Token =
  | { kind: 'plain' | 'bold' | 'code'; text: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'item' };

/** `[` is not allowed in a label nor `*` in bold so that a megabyte of either is read in one pass. */
const MARKUP = /^- |\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^[\]\n]+)\]\((https?:\/\/[^\s()[\]]{1,2000})\)/gm;
const BARE_URL = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
/** A name or an IPv4 address, perhaps a port; no user name, which is how one host is made to look like another. */
const WEB = /^https?:\/\/[A-Za-z0-9.\u00a1-\uffff-]+(:\d{1,5})?([/?#]\S*)?$/i;
const UNSAFE_IN_TARGET = /[\s()<>"'`\\*|[\]{}^]/;
const UNSAFE_IN_TARGET_ALL = new RegExp(UNSAFE_IN_TARGET, 'g');
/** RFC 2606 has no limit, browsers and platforms do: Slack says 3000, the others nothing; longer ones are shown, not linked. */
const LONGEST_URL = 2000;

/** Reads the small markdown of Card.text once, for all platforms. */
export function read(text: string): Token[] {
  const tokens: Token[] = [];
  let from = 0;
  MARKUP.lastIndex = 0;
  for (let match = MARKUP.exec(text); match; match = MARKUP.exec(text)) {
    if (match.index > from) tokens.push({ kind: 'plain', text: text.slice(from, match.index) });
    tokens.push(tokenOf(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) tokens.push({ kind: 'plain', text: text.slice(from) });
  return tokens;
}

/** Card.text as one platform shows it. */
export function draw(text: string, look: Look): string {
  let drawn = '';
  for (const token of read(unixLines(text))) drawn += drawToken(token, look);
  return broken(drawn, look);
}

/** Somebody else's words, letter by letter, with their web addresses as links. */
export function verbatim(text: string, look: Look): string {
  return broken(linked(unixLines(text), look), look);
}

/** Whether a platform may be given this as a link: http or https, and one that it will not refuse the whole message for. */
export function isHttpUrl(url: string): boolean {
  return url.length <= LONGEST_URL && WEB.test(url);
}

/** The url with every character percent-encoded that could end a markdown link early. */
export function target(url: string): string {
  if (!UNSAFE_IN_TARGET.test(url)) return url;
  return url.replace(
    UNSAFE_IN_TARGET_ALL,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function tokenOf([whole, bold, code, label, url]: RegExpExecArray): Token {
  if (bold !== undefined) return { kind: 'bold', text: bold };
  if (code !== undefined) return { kind: 'code', text: code };
  if (label !== undefined && url !== undefined)
    return isHttpUrl(url) ? { kind: 'link', label, url } : plainToken(whole);
  return { kind: 'item' };
}

function plainToken(text: string): Token {
  return { kind: 'plain', text };
}

function drawToken(token: Token, look: Look): string {
  switch (token.kind) {
    case 'plain':
      return linked(token.text, look);
    case 'bold':
      return look.bold(look.plain(token.text));
    case 'code':
      return look.code(token.text);
    case 'link':
      return look.link(look.plain(token.label), target(token.url));
    // A list of markdown swallows the line behind it, and two of the five platforms have no lists.
    case 'item':
      return '• ';
  }
}

function linked(text: string, look: Look): string {
  if (!text.includes('://')) return look.plain(text);
  let drawn = '';
  let from = 0;
  BARE_URL.lastIndex = 0;
  for (let match = BARE_URL.exec(text); match; match = BARE_URL.exec(text)) {
    const url = trimmed(match[0]);
    if (!isHttpUrl(url)) continue;
    drawn += look.plain(text.slice(from, match.index)) + look.link(look.plain(url), target(url));
    from = match.index + url.length;
  }
  return drawn + look.plain(text.slice(from));
}

/** Without the punctuation of the sentence that the url stands in. */
function trimmed(url: string): string {
  let end = url.length;
  while (".,;:!?'*".includes(url.charAt(end - 1)) || closesNothing(url, end - 1)) end--;
  return url.slice(0, end);
}

function closesNothing(url: string, at: number): boolean {
  const opening = { ')': '(', ']': '[' }[url.charAt(at)];
  return opening !== undefined && !url.includes(opening);
}

function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

function broken(drawn: string, look: Look): string {
  return look.newline === '\n' ? drawn : drawn.replaceAll('\n', look.newline);
}
