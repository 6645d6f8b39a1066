import type { MessageView } from '../chats';
import { everyObject, isObject, type Json, objectsAt, textAt } from '../json';
import { splitMark } from '../mark';
import { cut } from '../width';
import { readText } from './text';

/** Columns of a line on a desktop client, about; what does not wrap is cut there. */
const LINE = 60;

/** How Teams shows a message's Adaptive Cards. */
export function view(payload: Json): MessageView {
  const cards = objectsAt(payload, 'attachments').flatMap((attachment) => objectsAt([attachment.content]));
  const heading = everyObject(cards).find(isHeading);
  const { mark, title } = splitMark(heading ? blockOf(heading).join(' ') : '');
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
  if (block.type === 'TextBlock') return blockOf(block);
  if (block.type === 'FactSet') return objectsAt(block, 'facts').map(factOf);
  if (block.type === 'RichTextBlock')
    return [
      objectsAt(block, 'inlines')
        .map((run) => textAt(run, 'text'))
        .join(''),
    ];
  if (typeof block.type === 'string' && block.type.startsWith('Action.')) return actionOf(block);
  const inside = ['items', 'columns', 'actions'].flatMap((key) => objectsAt(block, key));
  return inside.flatMap((each) => linesOf(each, heading));
}

/** Without `wrap: true` a text is one line, and the rest of it is cut off. */
function blockOf(block: Json): string[] {
  const lines = readText(textAt(block, 'text'));
  return block.wrap === true ? lines : [cut(lines.join(' '), LINE)];
}

function factOf(fact: Json): string {
  return `${readText(textAt(fact, 'title'))
    .join(' ')
    .replace(/[:：]\s*$/, '')}: ${readText(textAt(fact, 'value')).join(' ')}`;
}

/** Only opening a page works from a webhook: there is no bot to submit to. */
function actionOf(action: Json): string[] {
  return action.type === 'Action.OpenUrl' ? [`${textAt(action, 'title')} <${textAt(action, 'url')}>`] : [];
}

/** A call needs both: an entity, and its `<at>name</at>` in a text. Either alone is only letters. */
function mentionsOf(card: Json): string[] {
  const texts = everyObject(card.body).map((part) => textAt(part, 'text') + textAt(part, 'value'));
  const entities = objectsAt(card, 'msteams', 'entities').filter((entity) => entity.type === 'mention');
  const said = entities.filter((entity) => texts.some((text) => text.includes(textAt(entity, 'text'))));
  return said.filter((entity) => isObject(entity.mentioned)).map((entity) => `@${textAt(entity, 'mentioned', 'name')}`);
}
