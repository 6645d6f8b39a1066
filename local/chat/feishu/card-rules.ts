import { everyObject, isObject, type Json, objectsAt, textAt } from '../json';

/** Not documented: most senders learned it from rejections. */
const MAX_TABLES = 5;
/** Sub-error 11310 of page "发送消息"; whether texts and options count is not documented, so everything with a tag does. */
const MAX_ELEMENTS = 200;
const MAX_INPUT = 1000;
const MAX_PLACEHOLDER = 100;

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Components of card JSON 2.0, from the list of its documents, from memory. */
const TAGS = new Set(
  words(`markdown div hr img img_combination person person_list chart table audio column_set column form button input
  overflow interactive_container collapsible_panel select_static multi_select_static select_person multi_select_person
  date_picker picker_time picker_datetime select_img checker`),
);
const REMOVED_IN_V2 = new Set(['action', 'note']);
const NEEDS_ACTION = new Set(['button', 'overflow', 'select_static', 'divider']);

/** The sub-error with which Feishu rejects a card; undefined if it accepts it. */
export function cardError(card: unknown): string | undefined {
  if (!isObject(card)) return parseError('card');
  return card.schema === '2.0' ? cardErrorV2(card) : cardErrorV1(card);
}

function parseError(property: string): string {
  return `ErrCode: 200621; ErrMsg: parse card json err, please check whether the card json is correct; ErrorValue: ${property}; `;
}

function unsupported(tag: string): string {
  return `ErrCode: 11310; ErrMsg: unsupported type of block; ErrorValue: ${tag}; `;
}

function cardErrorV2(card: Json): string | undefined {
  if ('elements' in card) return parseError('unknown property, property: elements');
  const elements = objectsAt(card, 'body', 'elements');
  if (elements.length === 0) return parseError('body.elements');
  const tags = elements.flatMap(blocksIn).map((block) => textAt(block, 'tag'));
  const removed = tags.find((tag) => REMOVED_IN_V2.has(tag));
  if (removed) {
    const path = `ROOT -> body -> elements -> [${tags.indexOf(removed)}](tag: ${removed})`;
    const message = 'cards of schema V2 no longer support this capability';
    return `ErrCode: 200861; ErrPath: ${path}; ErrMsg: ${message}; ErrorValue: unsupported tag ${removed}; `;
  }
  const unknown = tags.find((tag) => !TAGS.has(tag));
  return unknown === undefined ? textsError(card) : unsupported(unknown);
}

/** In a card without `schema`, a button must be inside an `action`. */
function cardErrorV1(card: Json): string | undefined {
  const elements = objectsAt(card, 'elements');
  if (elements.length === 0) return parseError('elements');
  const misplaced = elements.map((element) => textAt(element, 'tag')).find((tag) => NEEDS_ACTION.has(tag));
  return misplaced ? unsupported(misplaced) : textsError(card);
}

/** An element and its nested ones; texts and options have tags, too, but are no blocks. */
export function blocksIn(element: Json): Json[] {
  return [element, ...['elements', 'columns', 'actions'].flatMap((key) => objectsAt(element, key).flatMap(blocksIn))];
}

function textsError(card: Json): string | undefined {
  const parts = everyObject(card);
  const markdown = parts.filter((part) => part.tag === 'markdown');
  if (markdown.some((part) => typeof part.content !== 'string')) return parseError('markdown.content');
  const inText = markdown.flatMap((part) => textAt(part, 'content').match(/^\s*\|?\s*:?-{3,}.*\|/gm) ?? []);
  const tables = parts.filter((part) => part.tag === 'table').length + inText.length;
  return tables > MAX_TABLES ? 'ErrCode: 11310; ErrMsg: card table number over limit; ErrorValue: table; ' : undefined;
}

const COMMON_PROPERTIES = ['tag', 'element_id', 'margin'];
/** JSON 2.0 rejects any other property ("卡片 JSON 2.0 版本更新说明"); for components with a page. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  markdown: words('content text_size text_align icon href'),
  button: words(`type size width text icon hover_tips disabled disabled_tips confirm behaviors name required
    form_action_type`),
  form: words(`name elements direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding
    confirm`),
  input:
    words(`name required placeholder default_value disabled disabled_tips width max_length input_type show_icon rows
    auto_resize max_rows label label_position value behaviors confirm`),
  select_static: words(`type name required disabled disabled_tips placeholder initial_option initial_index options width
    behaviors confirm`),
};
/** A form sends their values by their names. */
const NAMED = ['input', 'select_static', 'button'];

/**
 * The sub-error with which Feishu rejects the buttons and fields of a JSON 2.0 card. The pages of the components document
 * the rules; the code is known for a few only, so 200621 stands for the others.
 */
export function controlsError(card: Json): string | undefined {
  const tagged = everyObject(card).filter(({ tag }) => typeof tag === 'string');
  if (tagged.length > MAX_ELEMENTS) return 'ErrCode: 11310; ErrMsg: element exceeds the limit; ErrorValue: 200; ';
  const components = everyObject(card.body).filter(
    ({ tag }) => typeof tag === 'string' && Object.hasOwn(PROPERTIES, tag),
  );
  const error = components.map(componentError).find((each) => each !== undefined) ?? formsError(card, components);
  return error && parseError(error);
}

function componentError(component: Json): string | undefined {
  const tag = textAt(component, 'tag');
  const known = PROPERTIES[tag] ?? [];
  const unknown = Object.keys(component).find((key) => !known.includes(key) && !COMMON_PROPERTIES.includes(key));
  if (unknown !== undefined) return `unknown property, property: ${unknown}`;
  if (textAt(component, 'placeholder', 'content').length > MAX_PLACEHOLDER) return `${tag}.placeholder`;
  return tag === 'input' ? inputError(component) : optionsError(component);
}

function inputError({ max_length = MAX_INPUT, default_value = '' }: Json): string | undefined {
  const max = Number(max_length);
  if (!Number.isInteger(max) || max < 1 || max > MAX_INPUT) return 'input.max_length';
  return typeof default_value === 'string' && default_value.length <= max ? undefined : 'input.default_value';
}

function optionsError(component: Json): string | undefined {
  const values = objectsAt(component, 'options').map((option) => textAt(option, 'value'));
  if (values.includes('')) return 'options.value';
  return new Set(values).size < values.length ? 'duplicate options.value' : undefined;
}

function formsError(card: Json, components: readonly Json[]): string | undefined {
  const forms = components.filter(({ tag }) => tag === 'form');
  const atRoot = objectsAt(card, 'body', 'elements').filter(({ tag }) => tag === 'form');
  if (forms.length > atRoot.length) return 'form is not at the root of the card';
  const inForms = forms.flatMap((form) => everyObject(form.elements).filter(({ tag }) => NAMED.includes(String(tag))));
  const names = [...forms, ...inForms].map((component) => textAt(component, 'name'));
  if (names.includes('')) return 'name is empty';
  if (new Set(names).size < names.length) return 'duplicate name';
  const submits = inForms.filter(({ form_action_type }) => form_action_type === 'submit');
  return submits.length < forms.length ? 'form without a submit button' : undefined;
}
