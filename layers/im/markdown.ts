/** How one platform writes the pieces of a text. What `bold` and the label of `link` get is escaped already. */
export interface Dialect {
  escape(text: string): string;
  bold(escaped: string): string;
  code(raw: string): string;
  link(escapedLabel: string, url: string): string;
  newline: string;
}

export type MarkdownToken =
  | { kind: 'plain' | 'bold' | 'code'; text: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'item' };

/** A label has no `[` and bold has no `*`, so that a megabyte of either is read in one pass. */
const MARKUP = /^- |\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^[\]\n]+)\]\((https?:\/\/[^\s()[\]]{1,2000})\)/gm;
const BARE_URL = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
/** A name or an IPv4 address, perhaps a port; no user name, which is how one host is made to look like another. */
const HTTP_URL = /^https?:\/\/[A-Za-z0-9.\u00a1-\uffff-]+(:\d{1,5})?([/?#]\S*)?$/i;
const UNSAFE_IN_TARGET = /[\s()<>"'`\\*|[\]{}^]/;
const UNSAFE_IN_TARGET_ALL = new RegExp(UNSAFE_IN_TARGET, 'g');
/** Slack documents 3000, the others nothing, and browsers have limits; a longer url is shown as text. */
const MAX_URL_LENGTH = 2000;

/** Parses the small markdown of Card.text, for all platforms. */
export function parseMarkdown(text: string): MarkdownToken[] {
  const tokens: MarkdownToken[] = [];
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

/** Card.text in the markup of one platform. */
export function formatMarkdown(text: string, look: Dialect): string {
  let drawn = '';
  for (const token of parseMarkdown(unixLines(text))) drawn += drawToken(token, look);
  return broken(drawn, look);
}

/** Someone else's words, character by character, with their web addresses as links. */
export function formatVerbatim(text: string, look: Dialect): string {
  return broken(linked(unixLines(text), look), look);
}

/** Whether a platform takes this as a link: http or https, and nothing that makes it reject the whole message. */
export function isHttpUrl(url: string): boolean {
  return url.length <= MAX_URL_LENGTH && HTTP_URL.test(url);
}

/** The url with every character percent-encoded that could end a markdown link early. */
export function encodeLinkTarget(url: string): string {
  if (!UNSAFE_IN_TARGET.test(url)) return url;
  return url.replace(
    UNSAFE_IN_TARGET_ALL,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function tokenOf([whole, bold, code, label, url]: RegExpExecArray): MarkdownToken {
  if (bold !== undefined) return { kind: 'bold', text: bold };
  if (code !== undefined) return { kind: 'code', text: code };
  if (label !== undefined && url !== undefined)
    return isHttpUrl(url) ? { kind: 'link', label, url } : plainToken(whole);
  return { kind: 'item' };
}

function plainToken(text: string): MarkdownToken {
  return { kind: 'plain', text };
}

function drawToken(token: MarkdownToken, look: Dialect): string {
  switch (token.kind) {
    case 'plain':
      return linked(token.text, look);
    case 'bold':
      return look.bold(look.escape(token.text));
    case 'code':
      return look.code(token.text);
    case 'link':
      return look.link(look.escape(token.label), encodeLinkTarget(token.url));
    // A markdown list swallows the line behind it, and some platforms have no lists.
    case 'item':
      return '• ';
  }
}

function linked(text: string, look: Dialect): string {
  if (!text.includes('://')) return look.escape(text);
  let drawn = '';
  let from = 0;
  BARE_URL.lastIndex = 0;
  for (let match = BARE_URL.exec(text); match; match = BARE_URL.exec(text)) {
    const url = trimmed(match[0]);
    if (!isHttpUrl(url)) continue;
    drawn += look.escape(text.slice(from, match.index)) + look.link(look.escape(url), encodeLinkTarget(url));
    from = match.index + url.length;
  }
  return drawn + look.escape(text.slice(from));
}

/** Without the punctuation of the sentence around the url. */
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

function broken(drawn: string, look: Dialect): string {
  return look.newline === '\n' ? drawn : drawn.replaceAll('\n', look.newline);
}
