import { type InlineDialect, readInline } from '../inline-markdown';
import { at, everyObject, type Json, listAt, objectsAt, textAt } from '../json';
import { type MessageView, plainView, splitMark } from '../message-view';

/** A message of a bot; the `card` and `content` of an app look like those of a custom bot. */
export function view(payload: Json): MessageView {
  const type = textAt(payload, 'msg_type');
  if (type === 'interactive') return viewCard(payload.card);
  if (type === 'post') return viewPost(payload);
  const text = textAt(payload, 'content', 'text');
  return { ...plainView(readMarkdown(text)), mentions: mentionsIn(text, 'user_id') };
}

function viewCard(card: unknown): MessageView {
  const template = textAt(card, 'header', 'template');
  const { mark, title } = splitMark(textAt(card, 'header', 'title', 'content'));
  const blocks = [...objectsAt(card, 'body', 'elements'), ...objectsAt(card, 'elements')];
  const markdown = everyObject(card).filter((part) => part.tag === 'markdown' || part.tag === 'lark_md');
  return {
    title,
    mark: template || mark,
    lines: blocks.flatMap(linesOf),
    mentions: [...new Set(markdown.flatMap((part) => mentionsIn(textAt(part, 'content'), 'id')))],
  };
}

/** `plain_text` is shown without markup; `markdown` and `lark_md` with it. */
function linesOf(block: Json): string[] {
  const tag = textAt(block, 'tag');
  if (tag === 'hr') return ['────'];
  if (tag === 'button') return [buttonOf(block)];
  if (tag === 'input' || tag === 'select_static') return [fieldOf(block)];
  if (tag === 'plain_text') return textAt(block, 'content').split('\n');
  if (tag === 'markdown' || tag === 'lark_md') return readMarkdown(textAt(block, 'content')).split('\n');
  const own = [block.text, ...objectsAt(block, 'fields').map((field) => field.text)];
  const inside = ['elements', 'columns', 'actions'].flatMap((key) => objectsAt(block, key));
  return [...objectsAt(own), ...inside].flatMap(linesOf);
}

function buttonOf(button: Json): string {
  const behavior = objectsAt(button, 'behaviors').find((each) => each.type === 'open_url');
  const url = textAt(behavior, 'default_url') || textAt(button, 'url');
  const label = textAt(button, 'text', 'content');
  return url ? `${label} <${url}>` : `[${label}]`;
}

/** The value, or else the placeholder: `[ prod ]`, `[ choose ▾ ]`. */
function fieldOf(field: Json): string {
  const selected = objectsAt(field, 'options').find((option) => option.value === field.initial_option);
  const value = textAt(field, 'default_value') || textAt(selected, 'text', 'content');
  return `[ ${value || textAt(field, 'placeholder', 'content')}${field.tag === 'input' ? '' : ' ▾'} ]`;
}

/** The first language; the post of a webhook is not a JSON text. */
function viewPost(payload: Json): MessageView {
  const [post] = Object.values(at(payload, 'content', 'post') ?? {});
  const mentions = everyObject(post).filter((run) => run.tag === 'at');
  return {
    ...splitMark(textAt(post, 'title')),
    lines: listAt(post, 'content').map((paragraph) => objectsAt(paragraph).map(runOf).join('')),
    mentions: mentions.map((run) => `@${textAt(run, 'user_id')}`),
  };
}

function runOf(run: Json): string {
  if (run.tag === 'at') return `@${textAt(run, 'user_id')}`;
  const text = textAt(run, 'text');
  return run.tag === 'a' ? `${text} <${textAt(run, 'href')}>` : text;
}

/** Card JSON 2.0, page "rich text": close to CommonMark; special characters are HTML entities. */
const DIALECT: InlineDialect = { escapes: true, entities: true, italic: true, strike: true };

/** `<at id=all></at>`, `<at ids=a,b></at>`, `<at user_id="all">name</at>`; quotes are optional. */
const AT = /<at\s+(\w+)\s*=\s*["']?([^"'>\s]+)["']?\s*\/?>(?:[^<\n]*<\/at>)?/gi;

/** Markdown of a card as a person reads it. */
export function readMarkdown(text: string): string {
  const plain = text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(AT, '@$2')
    .replace(/<\/?(?:font|text_tag|b|i|u|s)\b[^>\n]*>/gi, '');
  return plain.split('\n').map(readLine).join('\n');
}

function readLine(line: string): string {
  if (/^\s*>\s?/.test(line)) return `│ ${readLine(line.replace(/^\s*>\s?/, ''))}`;
  const plain = line.replace(/^#{1,6}\s+/, '').replace(/^(\s*)[-*+]\s+/, '$1• ');
  return readInline(plain, DIALECT);
}

/**
 * The people that a text mentions, in code or after a backslash, too: nothing is documented there, so this is the worst
 * case. Not by e-mail: a custom bot cannot find people.
 * @param attribute `id` in cards, `user_id` in texts: they are not interchangeable.
 */
export function mentionsIn(text: string, attribute: 'id' | 'user_id'): string[] {
  const mentions = [...text.matchAll(AT)].filter(([, name = '']) => name === attribute || name === `${attribute}s`);
  return mentions.flatMap(([, , who = '']) => who.split(',').map((person) => `@${person}`));
}
