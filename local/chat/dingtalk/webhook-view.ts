import { type InlineDialect, readInline } from '../inline-markdown';
import { at, type Json, objectsAt, stringsAt, textAt } from '../json';
import { type MessageView, splitMark } from '../message-view';

type Content = Pick<MessageView, 'title' | 'lines'>;

const VIEWS: Record<string, (content: unknown) => Content> = {
  text: (content) => ({ title: '', lines: textAt(content, 'content').split('\n') }),
  markdown: (content) => viewMarkdown(content, []),
  actionCard: (content) => viewMarkdown(content, buttonsOf(content)),
  link: (content) => ({
    title: textAt(content, 'title'),
    lines: [textAt(content, 'text'), `<${textAt(content, 'messageUrl')}>`],
  }),
  // These two come from the robot of an app only.
  image: () => ({ title: '', lines: ['[image]'] }),
  file: (content) => ({ title: '', lines: [`[file] ${textAt(content, 'fileName')}`] }),
  feedCard: (content) => ({
    title: '',
    lines: objectsAt(content, 'links').map((link) => linkOf(textAt(link, 'title'), textAt(link, 'messageURL'))),
  }),
};

/** A message of a custom robot. There are no colours: the mark is the emoji before the title. */
export function view(payload: Json): MessageView {
  const msgtype = textAt(payload, 'msgtype');
  const content = VIEWS[msgtype]?.(payload[msgtype]) ?? { title: '', lines: [] };
  return { ...content, ...splitMark(content.title), mentions: mentionsOf(payload, msgtype) };
}

/** `title` is only the preview in the list of chats; in the chat the first heading of the text is the title. */
function viewMarkdown(content: unknown, buttons: string[]): Content {
  const { heading, lines } = readMarkdown(textAt(content, 'text'));
  return { title: heading ?? textAt(content, 'title'), lines: [...lines, ...buttons] };
}

function buttonsOf(card: unknown): string[] {
  const single = textAt(card, 'singleTitle');
  if (single) return [linkOf(single, textAt(card, 'singleURL'))];
  return objectsAt(card, 'btns').map((button) => linkOf(textAt(button, 'title'), textAt(button, 'actionURL')));
}

/** `dingtalk://dingtalkclient/page/link?url=` only selects the browser for the page inside it. */
function linkOf(label: string, url: string): string {
  const inner = url.startsWith('dingtalk://') && URL.canParse(url) ? new URL(url).searchParams.get('url') : undefined;
  return `${label} <${inner ?? url}>`;
}

/**
 * Only `at` mentions people, never an `@` in the text. The text must contain the same `@<mobile>` or `@<userId>`, or
 * no one is highlighted; at most 50 people; `link` and `feedCard` cannot mention (page "robot message type").
 */
function mentionsOf(payload: Json, msgtype: string): string[] {
  if (msgtype === 'link' || msgtype === 'feedCard') return [];
  const text = textAt(payload, msgtype, msgtype === 'text' ? 'content' : 'text');
  const people = [...stringsAt(payload, 'at', 'atMobiles'), ...stringsAt(payload, 'at', 'atUserIds')];
  const mentioned = people.slice(0, 50).filter((person) => msgtype === 'text' || text.includes(`@${person}`));
  const everyone = at(payload, 'at', 'isAtAll') === true ? ['all'] : [];
  return [...mentioned, ...everyone].map((person) => `@${person}`);
}

/** Its clients let a backslash escape; the official page does not mention it. */
const DIALECT: InlineDialect = { escapes: true, entities: true, italic: true };

const HEADING = /^#{1,6}\s+/;
const ITEM = /^\s*(?:[-*+]|(\d+\.))\s+/;
const QUOTE = /^\s*>\s?/;

/** The heading at the beginning, if there is one, and the lines below it. */
export function readMarkdown(text: string): { heading: string | undefined; lines: string[] } {
  const lines = flow(text.split('\n'));
  const [first = ''] = lines;
  const heading = HEADING.test(first) ? readLine(first) : undefined;
  return { heading, lines: lines.slice(heading === undefined ? 0 : 1).map(readLine) };
}

/** A `\n` starts a new line only after two spaces, at an empty line or before a new block. */
function flow(source: string[]): string[] {
  const lines: string[] = [];
  source.forEach((line, index) => {
    const before = source[index - 1];
    if (line.trim() === '') return;
    if (before === undefined || breaksAfter(before) || breaksBefore(line, before)) lines.push(line);
    else lines.push(`${(lines.pop() ?? '').trimEnd()} ${line.replace(QUOTE, '').trim()}`);
  });
  return lines;
}

function breaksAfter(line: string): boolean {
  return line.trim() === '' || line.endsWith('  ') || HEADING.test(line);
}

function breaksBefore(line: string, before: string): boolean {
  return HEADING.test(line) || ITEM.test(line) || (QUOTE.test(line) && !QUOTE.test(before));
}

function readLine(line: string): string {
  if (QUOTE.test(line)) return `│ ${readLine(line.replace(QUOTE, ''))}`;
  const plain = line
    .trim()
    .replace(HEADING, '')
    .replace(ITEM, (_, number) => `${number ?? '•'} `);
  return readInline(plain, DIALECT).trim();
}
