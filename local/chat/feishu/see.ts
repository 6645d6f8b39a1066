import type { MessageView } from '../chats';
import { at, everyObject, type Json, listAt, objectsAt, textAt } from '../json';
import { splitMark } from '../mark';
import { callsIn, readMarkdown } from './markdown';

/** How Feishu and Lark show a bot's message; an app's `card` and `content` read as those of a custom bot. */
export function view(payload: Json): MessageView {
  const kind = textAt(payload, 'msg_type');
  if (kind === 'interactive') return seeCard(payload.card);
  if (kind === 'post') return seePost(payload);
  const text = textAt(payload, 'content', 'text');
  return { title: '', mark: '', lines: readMarkdown(text).split('\n'), mentions: callsIn(text, 'user_id') };
}

function seeCard(card: unknown): MessageView {
  const template = textAt(card, 'header', 'template');
  const { mark, title } = splitMark(textAt(card, 'header', 'title', 'content'));
  const blocks = [...objectsAt(card, 'body', 'elements'), ...objectsAt(card, 'elements')];
  const marked = everyObject(card).filter((part) => part.tag === 'markdown' || part.tag === 'lark_md');
  return {
    title,
    mark: template || mark,
    lines: blocks.flatMap(linesOf),
    mentions: [...new Set(marked.flatMap((part) => callsIn(textAt(part, 'content'), 'id')))],
  };
}

/** `plain_text` is shown letter by letter; `markdown` and `lark_md` are read. */
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

/** What stands in it, else what is to be entered: `[ prod ]`, `[ choose ▾ ]`. */
function fieldOf(field: Json): string {
  const chosen = objectsAt(field, 'options').find((option) => option.value === field.initial_option);
  const preset = textAt(field, 'default_value') || textAt(chosen, 'text', 'content');
  return `[ ${preset || textAt(field, 'placeholder', 'content')}${field.tag === 'input' ? '' : ' ▾'} ]`;
}

/** The first language it is written in; a webhook's post is not stringified. */
function seePost(payload: Json): MessageView {
  const [post] = Object.values(at(payload, 'content', 'post') ?? {});
  return {
    ...splitMark(textAt(post, 'title')),
    lines: listAt(post, 'content').map((paragraph) => objectsAt(paragraph).map(runOf).join('')),
    mentions: everyObject(post)
      .filter((run) => run.tag === 'at')
      .map((run) => `@${textAt(run, 'user_id')}`),
  };
}

function runOf(run: Json): string {
  if (run.tag === 'at') return `@${textAt(run, 'user_id')}`;
  const text = textAt(run, 'text');
  return run.tag === 'a' ? `${text} <${textAt(run, 'href')}>` : text;
}
