import { isObject, type Json, objectsAt, textAt } from '../json';
import { objectionTo } from './blocks';

const CHECKS = [checkText, checkBlocks, checkAttachments, checkMetadata];

/** The word that chat.postMessage refuses a message with; undefined when it takes it. */
export function objectionToMessage(message: Json): string | undefined {
  for (const check of CHECKS) {
    const objection = check(message);
    if (objection) return objection;
  }
  return undefined;
}

function checkText({ text, blocks, attachments }: Json): string | undefined {
  if (text !== undefined && typeof text !== 'string') return 'invalid_arguments';
  return text || blocks || attachments ? undefined : 'no_text';
}

function checkBlocks({ blocks }: Json): string | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return 'invalid_blocks_format';
  return objectionTo(blocks);
}

/** Whether inputs may stand in an attachment is in no document; here they may not, so that nobody counts on it. */
function checkAttachments({ attachments }: Json): string | undefined {
  if (attachments === undefined) return undefined;
  if (!Array.isArray(attachments) || !attachments.every(isObject)) return 'invalid_attachments';
  if (attachments.length > 100) return 'too_many_attachments';
  const blocks = attachments.map((attachment) => objectsAt(attachment, 'blocks'));
  const isWrong = blocks.some((each) => objectionTo(each) || each.some(({ type }) => type === 'input'));
  return isWrong ? 'invalid_attachments' : undefined;
}

function checkMetadata({ metadata }: Json): string | undefined {
  if (metadata === undefined) return undefined;
  if (!isObject(metadata) || !textAt(metadata, 'event_type')) return 'invalid_metadata_format';
  return isObject(metadata.event_payload) ? undefined : 'invalid_metadata_schema';
}
