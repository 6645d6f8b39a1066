import type { MessageView } from '../chats';
import { everyObject, type Json, objectsAt, textAt } from '../json';
import { splitMark } from '../mark';
import { callsIn, readEmoji, readMrkdwn } from './mrkdwn';

/** Slack cuts a longer text. */
const MOST_TEXT = 40_000;

/** How Slack shows a message: its blocks, then its attachments; `text` only where there are no blocks. */
export function view(payload: Json): MessageView {
  const blocks = objectsAt(payload, 'blocks');
  const attachments = objectsAt(payload, 'attachments');
  const all = [...blocks, ...attachments.flatMap((attachment) => objectsAt(attachment, 'blocks'))];
  const header = textAt(
    all.find((block) => block.type === 'header'),
    'text',
    'text',
  );
  const { mark, title } = splitMark(readEmoji(header));
  const said = blocks.length ? '' : textAt(payload, 'text').slice(0, MOST_TEXT);
  return {
    title,
    mark: attachments.map((attachment) => textAt(attachment, 'color')).find(Boolean) ?? mark,
    lines: [
      ...(said ? readMrkdwn(said).split('\n') : []),
      ...blocks.flatMap(linesOf),
      ...attachments.flatMap(attached),
    ],
    mentions: mentionsIn(payload),
  };
}

function attached(attachment: Json): string[] {
  const blocks = objectsAt(attachment, 'blocks');
  if (blocks.length) return blocks.flatMap(linesOf);
  const fields = objectsAt(attachment, 'fields').map((field) => `${textAt(field, 'title')}: ${textAt(field, 'value')}`);
  const parts = [textAt(attachment, 'title'), textAt(attachment, 'text'), ...fields].filter(Boolean);
  return parts.flatMap((part) => readMrkdwn(part).split('\n'));
}

function linesOf(block: Json): string[] {
  if (block.type === 'header') return [];
  if (block.type === 'divider') return ['────'];
  if (block.type === 'input') return [inputOf(block)];
  if (block.type === 'markdown') return readMrkdwn(textAt(block, 'text').replaceAll('**', '*')).split('\n');
  const parts = [...objectsAt([block.text]), ...objectsAt(block, 'fields'), ...objectsAt(block, 'elements')];
  return parts.flatMap(partOf);
}

/** An empty field shows what may be entered there. */
function inputOf({ label, element }: Json): string {
  const initial = textAt(element, 'initial_value') || textAt(element, 'initial_option', 'text', 'text');
  return `${textAt(label, 'text')}: [${initial || textAt(element, 'placeholder', 'text')}]`;
}

function partOf(part: Json): string[] {
  if (part.type === 'button') {
    const url = textAt(part, 'url');
    return [`${readEmoji(textAt(part, 'text', 'text'))}${url ? ` <${url}>` : ''}`];
  }
  const text = textAt(part, 'text');
  const read = part.type === 'mrkdwn' ? readMrkdwn(text) : readEmoji(text);
  return read ? read.split('\n') : objectsAt(part, 'elements').flatMap(partOf);
}

/**
 * Nothing inside `plain_text` calls anybody. The top-level `text` counts even where blocks are shown instead of it;
 * `link_names` and `parse: full` make a bare `@channel` call.
 */
function mentionsIn(payload: Json): string[] {
  const parts = everyObject(payload).filter((part) => part.type !== 'plain_text' && part.type !== 'button');
  const texts = parts.flatMap((part) => [textAt(part, 'text'), textAt(part, 'pretext'), textAt(part, 'value')]);
  const bare = payload.parse === 'full' || payload.link_names ? /(?<!\w)@(channel|here|everyone)\b/g : /(?!)/g;
  const calls = texts.flatMap((text) => [...callsIn(text), ...callsIn(text.replace(bare, '<!$1>'))]);
  return [...new Set(calls)];
}
