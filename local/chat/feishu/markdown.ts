import { type Grammar, readInline } from '../inline';

/** Card JSON 2.0, page "rich text": close to CommonMark; special characters are written as HTML entities. */
const GRAMMAR: Grammar = { escapes: true, entities: true, italic: true, strike: true };

/** `<at id=all></at>`, `<at ids=a,b></at>`, `<at user_id="all">name</at>`; quotes are optional. */
const AT = /<at\s+(\w+)\s*=\s*["']?([^"'>\s]+)["']?\s*\/?>(?:[^<\n]*<\/at>)?/gi;

/** Markdown of a card as a person reads it. */
export function readMarkdown(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(AT, '@$2')
    .replace(/<\/?(?:font|text_tag|b|i|u|s)\b[^>\n]*>/gi, '')
    .split('\n')
    .map((line) => readLine(line))
    .join('\n');
}

function readLine(line: string): string {
  if (/^\s*>\s?/.test(line)) return `│ ${readLine(line.replace(/^\s*>\s?/, ''))}`;
  const plain = line.replace(/^#{1,6}\s+/, '').replace(/^(\s*)[-*+]\s+/, '$1• ');
  return readInline(plain, GRAMMAR);
}

/**
 * Who is called. Inside code or after a backslash too: the documents are silent there, so we fear the worst. Not by
 * e-mail: a custom bot cannot look people up.
 * @param attribute `id` in cards, `user_id` in texts: the two do not understand each other's.
 */
export function callsIn(text: string, attribute: 'id' | 'user_id'): string[] {
  const calls = [...text.matchAll(AT)].filter(([, name = '']) => name === attribute || name === `${attribute}s`);
  return calls.flatMap(([, , who = '']) => who.split(',').map((person) => `@${person}`));
}
