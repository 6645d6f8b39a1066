import { createHash } from 'node:crypto';
import type { ChatMessage, SharedFile } from '@casebell/im/bots';

/** A case that a person is preparing; its values are kept as typed until they are reviewed. */
export interface Draft {
  /** Identifies the draft on buttons, and later the case by a line in its body. */
  readonly reference: string;
  readonly values: DraftValues;
  /** Set where a model has written the draft: the person must check it. */
  readonly byModel?: true;
  /** Files that were shared with the draft; they are attached after the case is created. */
  readonly attachments?: readonly PendingFiles[];
}

/** Files that the chat platform still holds, until it is known which case they belong to. */
export interface PendingFiles {
  readonly files: readonly SharedFile[];
  /** The message that shared them. */
  readonly message: ChatMessage;
}

/** Keyed by the names of the form's fields, which are also the names in `提工单` lines. */
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

/** Without 0, 1, I, L and O, which are mistaken for each other. */
const REFERENCE_CHARACTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/**
 * The reference of the draft that a message starts, such as `CB-7K3M9Q2A`. The same message always gives the same reference. It is short
 * enough to read out, and long enough (31^8) to be unique.
 */
export function draftReference(bot: string, message: string): string {
  const digest = createHash('sha256').update(`${bot} ${message}`).digest();
  const characters = Array.from(digest.subarray(0, 8), (byte) => REFERENCE_CHARACTERS[byte % 31]);
  return `CB-${characters.join('')}`;
}

/** Adds the files of a message to the draft, once per message. */
export function withMessageFiles(draft: Draft, message: ChatMessage): Draft {
  const { attachments = [] } = draft;
  const { files = [] } = message;
  if (files.length === 0 || attachments.some((pending) => pending.message.id === message.id)) return draft;
  return { ...draft, attachments: [...attachments, { files, message: { ...withoutReplyUrl(message), text: '' } }] };
}

export const attachmentNames = ({ attachments = [] }: Draft): string[] =>
  attachments.flatMap(({ files }) => files.map(({ name, kind }) => name ?? kind));

/** The reply URL is a password, so it is not stored. */
export function withoutReplyUrl({
  conversation: { replyUrl: _, ...conversation },
  ...message
}: ChatMessage): ChatMessage {
  return { ...message, conversation };
}
