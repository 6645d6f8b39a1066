import { at, isObject, type Json, objectsAt, textAt } from '../json';

/** Block Kit reference in docs.slack.dev: most letters, most items. */
const BUTTON = { text: 75, url: 3000, value: 2000 };
const ID = 255;
const PLACEHOLDER = 150;
const INPUT = { length: 3000, label: 2000 };
/** 151 letters of a value were refused (slackapi/bolt-python#838). */
const OPTION = { text: 75, value: 150, most: 100 };

/** Elements whose rules are known here; others are taken as they are. */
const FITS: Record<string, (element: Json) => boolean> = {
  button: (element) =>
    isPlain(element.text, BUTTON.text) &&
    textAt(element, 'url').length <= BUTTON.url &&
    textAt(element, 'value').length <= BUTTON.value,
  plain_text_input: fitsInput,
  static_select: fitsSelect,
};

/** Whether an element is as Block Kit wants it. */
export function fitsElement(element: Json): boolean {
  const type = textAt(element, 'type');
  if (textAt(element, 'action_id').length > ID) return false;
  return !Object.hasOwn(FITS, type) || FITS[type]?.(element) === true;
}

/** An input block: a label, and one element that something can be entered in. */
export function fitsInputBlock(block: Json): boolean {
  const { element, hint } = block;
  if (!isObject(element) || !/_input$|select$|picker$|^checkboxes$|^radio_buttons$/.test(textAt(element, 'type')))
    return false;
  return (
    isPlain(block.label, INPUT.label) && (hint === undefined || isPlain(hint, INPUT.label)) && fitsElement(element)
  );
}

/** An action's id occurs once in its block. */
export function areDistinct(elements: Json[]): boolean {
  const ids = elements.map((element) => textAt(element, 'action_id')).filter(Boolean);
  return new Set(ids).size === ids.length;
}

function isPlain(text: unknown, most: number): boolean {
  const words = textAt(text, 'text');
  return textAt(text, 'type') === 'plain_text' && words.length > 0 && words.length <= most;
}

function fitsPlaceholder({ placeholder }: Json): boolean {
  return placeholder === undefined || isPlain(placeholder, PLACEHOLDER);
}

function fitsInput(element: Json): boolean {
  const most = at(element, 'max_length') ?? INPUT.length;
  const isLimited = Number(most) >= 1 && Number(most) <= INPUT.length;
  return isLimited && fitsPlaceholder(element) && textAt(element, 'initial_value').length <= Number(most);
}

/** Options or groups of them, and what is chosen to begin with is exactly one of them. */
function fitsSelect(element: Json): boolean {
  const groups = objectsAt(element, 'option_groups');
  const lists = groups.length ? groups.map((group) => objectsAt(group, 'options')) : [objectsAt(element, 'options')];
  const initial = element.initial_option;
  return (
    fitsPlaceholder(element) &&
    groups.length <= OPTION.most &&
    groups.every((group) => isPlain(group.label, OPTION.text)) &&
    lists.every((list) => list.length > 0 && list.length <= OPTION.most && list.every(fitsOption)) &&
    (initial === undefined || lists.flat().some((option) => JSON.stringify(option) === JSON.stringify(initial)))
  );
}

function fitsOption(option: Json): boolean {
  const { length } = textAt(option, 'value');
  return isPlain(option.text, OPTION.text) && length > 0 && length <= OPTION.value;
}
