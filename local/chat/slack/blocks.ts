import { everyObject, type Json, objectsAt, textAt } from '../json';
import { areDistinct, fitsElement, fitsInputBlock } from './elements';

/** Block Kit reference: most characters, most items. */
const MOST = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  actions: 25,
  context: 10,
  markdown: 12_000,
};
/** Not documented: around here people were refused (slackapi/bolt-js#2509). */
const MOST_TOGETHER = 13_000;

/** Whether one block is as Block Kit wants it. */
const FITS: Record<string, (block: Json) => boolean> = {
  header: (block) =>
    textAt(block, 'text', 'type') === 'plain_text' && within(textAt(block, 'text', 'text'), MOST.header),
  section: fitsSection,
  actions: fitsActions,
  context: (block) => fitsCount(block, MOST.context),
  divider: () => true,
  input: fitsInputBlock,
  image: (block) => textAt(block, 'alt_text') !== '',
  markdown: (block) => within(textAt(block, 'text'), MOST.markdown),
  rich_text: (block) => objectsAt(block, 'elements').length > 0,
};

/** The word Slack refuses these blocks with; undefined when it shows them. */
export function objectionTo(blocks: Json[]): string | undefined {
  const ids = blocks.map((block) => textAt(block, 'block_id')).filter(Boolean);
  if (new Set(ids).size < ids.length) return 'invalid_blocks';
  if (blocks.length > MOST.blocks || !blocks.every(fits)) return 'invalid_blocks';
  const together = everyObject(blocks).reduce((sum, part) => sum + textAt(part, 'text').length, 0);
  return together > MOST_TOGETHER ? 'msg_blocks_too_long' : undefined;
}

function fits(block: Json): boolean {
  const type = textAt(block, 'type');
  return Object.hasOwn(FITS, type) && FITS[type]?.(block) === true;
}

function within(text: string, most: number): boolean {
  return text.length > 0 && text.length <= most;
}

function isText(text: Json): boolean {
  return text.type === 'mrkdwn' || text.type === 'plain_text';
}

function fitsSection(block: Json): boolean {
  const texts = objectsAt([block.text]);
  const fields = objectsAt(block, 'fields');
  if (texts.length + fields.length === 0 || fields.length > MOST.fields) return false;
  if (![...texts, ...fields].every(isText)) return false;
  return (
    texts.every((text) => within(textAt(text, 'text'), MOST.section)) &&
    fields.every((field) => within(textAt(field, 'text'), MOST.field))
  );
}

function fitsCount(block: Json, most: number): boolean {
  const { length } = objectsAt(block, 'elements');
  return length > 0 && length <= most;
}

function fitsActions(block: Json): boolean {
  const elements = objectsAt(block, 'elements');
  return fitsCount(block, MOST.actions) && elements.every(fitsElement) && areDistinct(elements);
}
