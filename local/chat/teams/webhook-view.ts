import { type InlineDialect, readInline } from '../inline-markdown';
import { everyObject, isObject, type Json, objectsAt, textAt } from '../json';
import { type MessageView, splitMark } from '../message-view';
import { truncate } from '../ui/text-width';

/** Columns of a line on a desktop client, about; a text without `wrap` is cut there. */
const LINE_COLUMNS = 60;
/** Adaptive Cards page "text features": bold, italic, lists and links; no headings, no tables, no code. */
const DIALECT: InlineDialect = { escapes: true, entities: true, italic: true };
/** A mention is between unescaped tags; anything else that looks like a tag is text. */
const MENTION = /(?<!\\)<at>([^<]*)<\/at>/g;
const ITEM = /^\s*(?:[-*]|(\d+\.))\s+/;

/** The Adaptive Cards of a message. */
export function view(payload: Json): MessageView {
  const cards = objectsAt(payload, 'attachments').flatMap((attachment) => objectsAt([attachment.content]));
  const heading = everyObject(cards).find(isHeading);
  const { mark, title } = splitMark(heading ? textBlock(heading).join(' ') : '');
  const blocks = cards.flatMap((card) => [...objectsAt(card, 'body'), ...objectsAt(card, 'actions')]);
  return {
    title,
    mark: textAt(heading, 'color').replace(/^default$/i, '') || mark,
    lines: blocks.flatMap((block) => linesOf(block, heading)),
    mentions: cards.flatMap(mentionsOf),
  };
}

function isHeading(block: Json): boolean {
  if (block.type !== 'TextBlock') return false;
  return block.style === 'heading' || /^bolder$/i.test(textAt(block, 'weight')) || /large/i.test(textAt(block, 'size'));
}

function linesOf(block: Json, heading: Json | undefined): string[] {
  if (block === heading) return [];
  if (block.type === 'TextBlock') return textBlock(block);
  if (block.type === 'FactSet') return objectsAt(block, 'facts').map(factOf);
  if (block.type === 'RichTextBlock') {
    const runs = objectsAt(block, 'inlines').map((run) => textAt(run, 'text'));
    return [runs.join('')];
  }
  if (typeof block.type === 'string' && block.type.startsWith('Action.')) return actionOf(block);
  const inside = ['items', 'columns', 'actions'].flatMap((key) => objectsAt(block, key));
  return inside.flatMap((each) => linesOf(each, heading));
}

/** Without `wrap: true` a text is one line, cut at its end. */
function textBlock(block: Json): string[] {
  const lines = readText(textAt(block, 'text'));
  return block.wrap === true ? lines : [truncate(lines.join(' '), LINE_COLUMNS)];
}

function factOf(fact: Json): string {
  const [title, value] = [textAt(fact, 'title'), textAt(fact, 'value')].map((text) => readText(text).join(' '));
  return `${title?.replace(/[:：]\s*$/, '')}: ${value}`;
}

/** Only links work from a webhook: there is no bot to submit to. */
function actionOf(action: Json): string[] {
  return action.type === 'Action.OpenUrl' ? [`${textAt(action, 'title')} <${textAt(action, 'url')}>`] : [];
}

/** A mention needs both an entity and its `<at>name</at>` in a text. */
function mentionsOf(card: Json): string[] {
  const texts = everyObject(card.body).map((part) => textAt(part, 'text') + textAt(part, 'value'));
  const entities = objectsAt(card, 'msteams', 'entities').filter((entity) => entity.type === 'mention');
  const inText = entities.filter((entity) => texts.some((text) => text.includes(textAt(entity, 'text'))));
  return inText
    .filter((entity) => isObject(entity.mentioned))
    .map((entity) => `@${textAt(entity, 'mentioned', 'name')}`);
}

/**
 * The lines of a text. Whether a single `\n` breaks the line differs between clients and is not documented, so here only
 * an empty line or a list item does.
 */
function readText(text: string): string[] {
  const lines: string[] = [];
  const source = text.replace(MENTION, '@$1').split(/\r?\n/);
  source.forEach((line, index) => {
    if (line.trim() === '') return;
    const isNewLine = index === 0 || source[index - 1]?.trim() === '' || ITEM.test(line);
    if (isNewLine) lines.push(line);
    else lines.push(`${lines.pop() ?? ''} ${line}`);
  });
  const withBullet = (line: string) => line.replace(ITEM, (_, number) => `${number ?? '•'} `);
  return lines.map((line) => readInline(withBullet(line), DIALECT));
}
