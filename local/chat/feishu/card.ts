import { everyObject, isObject, type Json, objectsAt, textAt } from '../json';

/** Not in the documents: what most senders found out by being refused. */
const MOST_TABLES = 5;
/** Components of card JSON 2.0; from the list of its documents, as we remember it. */
const TAGS = new Set(
  `markdown div hr img img_combination person person_list chart table audio column_set column form button input overflow
  interactive_container collapsible_panel select_static multi_select_static select_person multi_select_person
  date_picker picker_time picker_datetime select_img checker`.split(/\s+/),
);
const DROPPED = new Set(['action', 'note']);
const BUTTONS = new Set(['button', 'overflow', 'select_static']);

/** Why Feishu would not show this card, in the words of its sub-error; undefined when it would. */
export function objectionTo(card: unknown): string | undefined {
  if (!isObject(card)) return unreadable('card');
  return card.schema === '2.0' ? objectionTo2(card) : objectionTo1(card);
}

function unreadable(property: string): string {
  return `ErrCode: 200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: ${property}; `;
}

function unsupported(tag: string): string {
  return `ErrCode: 11310; ErrMsg: unsupported type of block; ErrorValue: ${tag}; `;
}

function objectionTo2(card: Json): string | undefined {
  if ('elements' in card) return unreadable('unknown property, property: elements');
  const elements = objectsAt(card, 'body', 'elements');
  if (elements.length === 0) return unreadable('body.elements');
  const tags = elements.flatMap(blocksIn).map((block) => textAt(block, 'tag'));
  const dropped = tags.find((tag) => DROPPED.has(tag));
  if (dropped) {
    const path = `ROOT -> body -> elements -> [${tags.indexOf(dropped)}](tag: ${dropped})`;
    const message = 'cards of schema V2 no longer support this capability';
    return `ErrCode: 200861; ErrPath: ${path}; ErrMsg: ${message}; ErrorValue: unsupported tag ${dropped}; `;
  }
  const stranger = tags.find((tag) => !TAGS.has(tag));
  if (stranger !== undefined) return unsupported(stranger);
  return objectionToTexts(card);
}

/** In a card without `schema`, a button must sit inside an `action`. */
function objectionTo1(card: Json): string | undefined {
  const elements = objectsAt(card, 'elements');
  if (elements.length === 0) return unreadable('elements');
  const loose = elements.map((element) => textAt(element, 'tag')).find((tag) => BUTTONS.has(tag) || tag === 'divider');
  return loose ? unsupported(loose) : objectionToTexts(card);
}

/** The element itself and those it contains; its own texts and options carry tags too, but are no blocks. */
export function blocksIn(element: Json): Json[] {
  return [element, ...['elements', 'columns', 'actions'].flatMap((key) => objectsAt(element, key).flatMap(blocksIn))];
}

function objectionToTexts(card: Json): string | undefined {
  const parts = everyObject(card);
  const markdown = parts.filter((part) => part.tag === 'markdown');
  if (markdown.some((part) => typeof part.content !== 'string')) return unreadable('markdown.content');
  const inText = markdown.flatMap((part) => textAt(part, 'content').match(/^\s*\|?\s*:?-{3,}.*\|/gm) ?? []);
  const tables = parts.filter((part) => part.tag === 'table').length + inText.length;
  return tables > MOST_TABLES ? 'ErrCode: 11310; ErrMsg: card table number over limit; ErrorValue: table; ' : undefined;
}
