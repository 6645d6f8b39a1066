import type { MessageView } from '../chats';
import { type Grammar, readInline } from '../inline';
import { type Json, stringsAt, textAt } from '../json';
import { splitMark } from '../mark';

/** Document path/91770: what the three colour names of `markdown` look like. */
const COLOURS: Record<string, string> = { info: 'green', comment: 'grey', warning: 'orange' };
const FONT = /<font\s+color\s*=\s*["']?(\w+)["']?\s*>|<\/font>/gi;
const CALL = /<@([^<>\s]+)>/g;
const V2: Grammar = { escapes: true, italic: true, strike: true };

/** How WeCom shows a group robot's message. */
export function view(payload: Json): MessageView {
  const msgtype = textAt(payload, 'msgtype');
  const content = textAt(payload, msgtype, 'content');
  if (msgtype === 'markdown') return seeMarkdown(content);
  const lines = content.split('\n').map((line) => (msgtype === 'markdown_v2' ? readLine(line, V2, true) : line));
  return { title: '', mark: '', lines, mentions: msgtype === 'text' ? listed(payload) : [] };
}

/** In a text the lists call, never the words; in `markdown` only `<@userid>` does; in `markdown_v2` nothing does. */
function listed(payload: Json): string[] {
  const people = [
    ...stringsAt(payload, 'text', 'mentioned_list'),
    ...stringsAt(payload, 'text', 'mentioned_mobile_list'),
  ];
  return people.map((person) => (person.startsWith('@') ? person : `@${person}`));
}

function seeMarkdown(content: string): MessageView {
  const [first = '', ...rest] = content.split('\n');
  const isTitle = /^#{1,6}\s/.test(first) || /^\s*(<font[^>]*>)?\*\*.+\*\*(<\/font>)?\s*$/.test(first);
  const title = splitMark(isTitle ? readLine(first, {}) : '');
  const colour = [...first.matchAll(FONT)].map(([, name = '']) => COLOURS[name] ?? '').find(Boolean);
  return {
    title: title.title,
    mark: title.mark || colour || '',
    lines: (isTitle ? rest : [first, ...rest]).map((line) => readLine(line, {})),
    mentions: [...new Set([...content.matchAll(CALL)].map(([, who]) => `@${who}`))],
  };
}

/** `markdown` knows headings, bold, links, code, quotes and colours, but no lists, no italics and no escapes. */
function readLine(line: string, grammar: Grammar, lists = false): string {
  if (line.startsWith('>')) return `│ ${readLine(line.slice(1).trimStart(), grammar, lists)}`;
  const plain = line
    .replace(FONT, '')
    .replace(CALL, '@$1')
    .replace(/^#{1,6}\s+/, '');
  return readInline(lists ? plain.replace(/^(\s*)[-*]\s+/, '$1• ') : plain, grammar);
}
