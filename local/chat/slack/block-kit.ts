import { at, everyObject, isObject, type Json, objectsAt, textAt } from '../json';

/** The most characters or items: Block Kit reference of docs.slack.dev. */
const MAX = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  actions: 25,
  context: 10,
  markdown: 12_000,
  buttonText: 75,
  buttonUrl: 3000,
  buttonValue: 2000,
  id: 255,
  placeholder: 150,
  input: 3000,
  inputLabel: 2000,
  optionText: 75,
  /** 151 characters were refused (slackapi/bolt-python#838). */
  optionValue: 150,
  options: 100,
  attachments: 100,
  /** Of all texts. Not documented: messages of about this length were refused (slackapi/bolt-js#2509). */
  allTexts: 13_000,
};

const MESSAGE_CHECKS = [textError, blocksErrorOf, attachmentsError, metadataError];

/** The error code that chat.postMessage rejects a message with; undefined if it accepts it. */
export function messageError(message: Json): string | undefined {
  return MESSAGE_CHECKS.map((check) => check(message)).find((error) => error !== undefined);
}

function textError({ text, blocks, attachments }: Json): string | undefined {
  if (text !== undefined && typeof text !== 'string') return 'invalid_arguments';
  return text || blocks || attachments ? undefined : 'no_text';
}

function blocksErrorOf({ blocks }: Json): string | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return 'invalid_blocks_format';
  return blocksError(blocks);
}

/** It is not documented whether inputs are allowed in an attachment, so here they are not. */
function attachmentsError({ attachments }: Json): string | undefined {
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments) || !attachments.every(isObject)) return 'invalid_attachments';
  if (attachments.length > MAX.attachments) return 'too_many_attachments';
  const blocks = attachments.map((attachment) => objectsAt(attachment, 'blocks'));
  const isWrong = blocks.some((each) => blocksError(each) || each.some(({ type }) => type === 'input'));
  return isWrong ? 'invalid_attachments' : undefined;
}

function metadataError({ metadata }: Json): string | undefined {
  if (metadata === undefined) return undefined;
  if (!isObject(metadata) || !textAt(metadata, 'event_type')) return 'invalid_metadata_format';
  return isObject(metadata.event_payload) ? undefined : 'invalid_metadata_schema';
}

/** The error code for these blocks; undefined if they are valid. */
export function blocksError(blocks: Json[]): string | undefined {
  if (hasDuplicates(blocks, 'block_id') || blocks.length > MAX.blocks) return 'invalid_blocks';
  if (!blocks.every((block) => isValid(block, BLOCKS) === true)) return 'invalid_blocks';
  const length = everyObject(blocks).reduce((sum, part) => sum + textAt(part, 'text').length, 0);
  return length > MAX.allTexts ? 'msg_blocks_too_long' : undefined;
}

type Rules = Readonly<Record<string, (part: Json) => boolean>>;

const BLOCKS: Rules = {
  header: ({ text }) => isPlainText(text, MAX.header),
  section: isValidSection,
  actions: (block) =>
    hasElements(block, MAX.actions) &&
    objectsAt(block, 'elements').every(isValidElement) &&
    !hasDuplicates(objectsAt(block, 'elements'), 'action_id'),
  context: (block) => hasElements(block, MAX.context),
  divider: () => true,
  input: isValidInputBlock,
  image: (block) => textAt(block, 'alt_text') !== '',
  markdown: (block) => fits(textAt(block, 'text'), MAX.markdown),
  rich_text: (block) => objectsAt(block, 'elements').length > 0,
};

/** Elements without a rule here are accepted. */
const ELEMENTS: Rules = {
  button: (element) =>
    isPlainText(element.text, MAX.buttonText) &&
    textAt(element, 'url').length <= MAX.buttonUrl &&
    textAt(element, 'value').length <= MAX.buttonValue,
  plain_text_input: isValidTextInput,
  static_select: isValidSelect,
};

/** Undefined if there is no rule for the type. */
function isValid(part: Json, rules: Rules): boolean | undefined {
  const type = textAt(part, 'type');
  return Object.hasOwn(rules, type) ? rules[type]?.(part) : undefined;
}

function isValidElement(element: Json): boolean {
  return textAt(element, 'action_id').length <= MAX.id && isValid(element, ELEMENTS) !== false;
}

function hasDuplicates(parts: Json[], key: string): boolean {
  const ids = parts.map((part) => textAt(part, key)).filter(Boolean);
  return new Set(ids).size < ids.length;
}

function fits(text: string, max: number): boolean {
  return text.length > 0 && text.length <= max;
}

function isPlainText(text: unknown, max: number): boolean {
  return textAt(text, 'type') === 'plain_text' && fits(textAt(text, 'text'), max);
}

function hasElements(block: Json, max: number): boolean {
  const { length } = objectsAt(block, 'elements');
  return length > 0 && length <= max;
}

function isValidSection(block: Json): boolean {
  const texts = objectsAt([block.text]);
  const fields = objectsAt(block, 'fields');
  if (texts.length + fields.length === 0 || fields.length > MAX.fields) return false;
  if (![...texts, ...fields].every(({ type }) => type === 'mrkdwn' || type === 'plain_text')) return false;
  return (
    texts.every((text) => fits(textAt(text, 'text'), MAX.section)) &&
    fields.every((field) => fits(textAt(field, 'text'), MAX.field))
  );
}

function isValidInputBlock({ element, hint, label }: Json): boolean {
  if (!isObject(element) || !/_input$|select$|picker$|^checkboxes$|^radio_buttons$/.test(textAt(element, 'type')))
    return false;
  const isHint = hint === undefined || isPlainText(hint, MAX.inputLabel);
  return isPlainText(label, MAX.inputLabel) && isHint && isValidElement(element);
}

function isValidPlaceholder({ placeholder }: Json): boolean {
  return placeholder === undefined || isPlainText(placeholder, MAX.placeholder);
}

function isValidTextInput(element: Json): boolean {
  const max = Number(at(element, 'max_length') ?? MAX.input);
  const isLimit = max >= 1 && max <= MAX.input;
  return isLimit && isValidPlaceholder(element) && textAt(element, 'initial_value').length <= max;
}

/** Options or groups of options; the initial option is exactly one of them. */
function isValidSelect(element: Json): boolean {
  const groups = objectsAt(element, 'option_groups');
  const lists = groups.length ? groups.map((group) => objectsAt(group, 'options')) : [objectsAt(element, 'options')];
  const initial = element.initial_option;
  return (
    isValidPlaceholder(element) &&
    groups.length <= MAX.options &&
    groups.every((group) => isPlainText(group.label, MAX.optionText)) &&
    lists.every((list) => list.length > 0 && list.length <= MAX.options && list.every(isValidOption)) &&
    (initial === undefined || lists.flat().some((option) => JSON.stringify(option) === JSON.stringify(initial)))
  );
}

function isValidOption(option: Json): boolean {
  return isPlainText(option.text, MAX.optionText) && fits(textAt(option, 'value'), MAX.optionValue);
}
