import { type InlineDialect, readInline } from '../inline-markdown';
import { type Json, stringsAt, textAt } from '../json';
import { type MessageView, splitMark } from '../message-view';

/** The colour names of `markdown`: document path/91770. */
const COLOURS: Record<string, string> = { info: 'green', comment: 'grey', warning: 'orange' };
const FONT = /<font\s+color\s*=\s*["']?(\w+)["']?\s*>|<\/font>/gi;
const MENTION = /<@([^<>\s]+)>/g;
const V2: InlineDialect = { escapes: true, italic: true, strike: true };

/** A message of a group robot. */
export function view(payload: Json): MessageView {
  const msgtype = textAt(payload, 'msgtype');
  const content = textAt(payload, msgtype, 'content');
  if (msgtype === 'markdown') return viewMarkdown(content);
  const lines = content.split('\n').map((line) => (msgtype === 'markdown_v2' ? readLine(line, V2, true) : line));
  return { title: '', mark: '', lines, mentions: msgtype === 'text' ? listedMentions(payload) : [] };
}

/** In `text` the lists mention people, never the words; in `markdown` only `<@userid>` does; in `markdown_v2` nothing. */
function listedMentions(payload: Json): string[] {
  const people = [
    ...stringsAt(payload, 'text', 'mentioned_list'),
    ...stringsAt(payload, 'text', 'mentioned_mobile_list'),
  ];
  return people.map((person) => (person.startsWith('@') ? person : `@${person}`));
}

function viewMarkdown(content: string): MessageView {
  const [first = '', ...rest] = content.split('\n');
  const isTitle = /^#{1,6}\s/.test(first) || /^\s*(<font[^>]*>)?\*\*.+\*\*(<\/font>)?\s*$/.test(first);
  const { title, mark } = splitMark(isTitle ? readLine(first, {}) : '');
  const colour = [...first.matchAll(FONT)].map(([, name = '']) => COLOURS[name] ?? '').find(Boolean);
  return {
    title,
    mark: mark || colour || '',
    lines: (isTitle ? rest : [first, ...rest]).map((line) => readLine(line, {})),
    mentions: [...new Set([...content.matchAll(MENTION)].map(([, who]) => `@${who}`))],
  };
}

/** `markdown` has headings, bold, links, code, quotes and colours, but no lists, no italics and no escapes. */
function readLine(line: string, dialect: InlineDialect, lists = false): string {
  if (line.startsWith('>')) return `│ ${readLine(line.slice(1).trimStart(), dialect, lists)}`;
  const plain = line
    .replace(FONT, '')
    .replace(MENTION, '@$1')
    .replace(/^#{1,6}\s+/, '');
  return readInline(lists ? plain.replace(/^(\s*)[-*]\s+/, '$1• ') : plain, dialect);
}
