import { createHash } from 'node:crypto';
import type { ChatMessage, SharedFile } from '@casebell/im/bots';

/** What has been said so far of a case that is to be opened; as typed until it is reviewed. */
export interface Draft {
  /** Names this draft on buttons, and later the case in its body. */
  readonly reference: string;
  readonly values: DraftValues;
  /** Whether a model has written it, for the person to check. */
  readonly byModel?: true;
  /** What was shared with it, to be attached once the case is filed. */
  readonly attachments?: readonly PendingFiles[];
}

/** Files that are still with the platform, until it is known which case they go to. */
export interface PendingFiles {
  readonly files: readonly SharedFile[];
  /** The message that they came with. */
  readonly message: ChatMessage;
}

/** By the names that a form's fields have, which are those of `提工单` lines too. */
export type DraftValues = { readonly [name in FieldName]?: string };

export const FIELD_NAMES = [
  'account',
  'subject',
  'body',
  'issueType',
  'serviceCode',
  'categoryCode',
  'severityCode',
  'language',
  'cc',
] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/**
 * The reference of the draft that a message begins, such as `CB-7K3M9Q2A`: the same whenever that message is read again, short enough
 * to read out, long enough (31^8) not to meet another.
 */
export function draftReference(bot: string, message: string): string {
  const digest = createHash('sha256').update(`${bot} ${message}`).digest();
  return `CB-${Array.from(digest.subarray(0, 8), (byte) => LETTERS[byte % LETTERS.length]).join('')}`;
}
