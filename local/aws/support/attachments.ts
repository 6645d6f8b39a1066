import { randomBytes } from 'node:crypto';
import { type Input, optionalText, requiredRecords, requiredText } from '../input';
import { ServiceError } from '../service-error';
import { type Attachment, type File, fileIn, MAX_INLINE_BYTES } from './case';
import type { Cases } from './cases';
import { constraintViolated, invalidValue, textsWithin } from './constraint';
import type { Prepare } from './guard';
import type { Links } from './links';
import type { Uploads } from './uploads';

const MAX_UPLOADS = 10;
/** AddAttachmentsToSet. */
const SET_LIFETIME_MS = 3_600_000;
const MAX_FILES_PER_SET = 3;

interface AttachmentSet {
  readonly id: string;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly files: File[];
}

/** The codes are those of the client's model; the messages are guesses. */
const ERRORS = {
  AttachmentIdNotFound: 'The specified attachment ID could not be found.',
  AttachmentSetIdNotFound: 'An attachment set with the specified ID could not be found.',
  AttachmentSetExpired: 'The expiration time of the attachment set has passed.',
  AttachmentSetSizeLimitExceeded: 'The limits are three attachments and 5 MB per attachment.',
} as const;

const error = (code: keyof typeof ERRORS): ServiceError => new ServiceError(code, ERRORS[code]);

/** Attachment sets, each valid for an hour. Whether a used set can be used again is not documented; here it can. */
export function createAttachmentSets(now: () => number) {
  const sets = new Map<string, AttachmentSet>();

  function find(account: string, id: string): AttachmentSet {
    const set = sets.get(id);
    if (!set || set.account !== account) throw error('AttachmentSetIdNotFound');
    if (now() >= set.expiresAt) throw error('AttachmentSetExpired');
    return set;
  }

  function begin(account: string): AttachmentSet {
    const id = `as-${randomBytes(16).toString('hex')}`;
    const set = { id, account, expiresAt: now() + SET_LIFETIME_MS, files: [] };
    sets.set(id, set);
    return set;
  }

  return {
    filesOf: (account: string, id: string): readonly File[] => find(account, id).files,
    /** Checks the files; the returned function adds them, to a new set if no id is given. */
    add(account: string, id: string | undefined, files: readonly File[]): () => AttachmentSet {
      const existing = id === undefined ? undefined : find(account, id);
      const count = (existing?.files.length ?? 0) + files.length;
      const isTooLarge = count > MAX_FILES_PER_SET || files.some(({ data }) => data.length > MAX_INLINE_BYTES);
      if (isTooLarge) throw error('AttachmentSetSizeLimitExceeded');
      return () => {
        const set = existing ?? begin(account);
        set.files.push(...files);
        return set;
      };
    },
  };
}

export type AttachmentSets = ReturnType<typeof createAttachmentSets>;

/** Reads the files of a request's attachment set and uploads. */
export function createFileReader(sets: AttachmentSets, uploads: Uploads) {
  return (input: Input, account: string): File[] => {
    const set = optionalText(input, 'attachmentSetId');
    const uploadIds = textsWithin(input, 'uploadIds', MAX_UPLOADS);
    const files = set === undefined ? [] : sets.filesOf(account, set);
    return [...files, ...uploadIds.map((id) => uploads.fileOf(account, id))];
  };
}

interface AttachmentDeps {
  readonly cases: Cases;
  readonly sets: AttachmentSets;
  readonly links: Links;
  /** Milliseconds since 1970: attachments written later are not visible. */
  visibleUntil(): number;
}

/** AddAttachmentsToSet, DescribeAttachment and GetAttachmentDownloadLink. */
export function createAttachmentOperations(deps: AttachmentDeps): Record<string, Prepare> {
  const { cases, sets, links, visibleUntil } = deps;

  function find(input: Input, account: string): Attachment {
    const id = requiredText(input, 'attachmentId');
    const communications = cases.of(account).flatMap((supportCase) => supportCase.communications);
    const visible = communications.filter(({ at }) => at <= visibleUntil());
    const found = visible.flatMap(({ attachments }) => attachments).find((attachment) => attachment.id === id);
    if (!found) throw error('AttachmentIdNotFound');
    return found;
  }

  const createLink = ({ id, fileName, data }: Attachment) => {
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` };
    return links.create(`download/${id}`, { method: 'GET', respond: () => ({ status: 200, headers, body: data }) });
  };

  return {
    AddAttachmentsToSet(input, { account }) {
      const files = requiredRecords(input, 'attachments').map(fileIn);
      if (files.length === 0)
        throw constraintViolated('attachments', 'Member must have length greater than or equal to 1');
      const add = sets.add(account, optionalText(input, 'attachmentSetId'), files);
      return () => {
        const { id, expiresAt } = add();
        return { attachmentSetId: id, expiryTime: new Date(expiresAt).toISOString() };
      };
    },
    DescribeAttachment(input, { account }) {
      const { fileName, data } = find(input, account);
      if (data.length > MAX_INLINE_BYTES) throw invalidValue('The attachment is larger than 5 MB.');
      return () => ({ attachment: { fileName, data: data.toString('base64') } });
    },
    GetAttachmentDownloadLink(input, { account }) {
      const attachment = find(input, account);
      return () => ({ fileName: attachment.fileName, downloadUrl: createLink(attachment) });
    },
  };
}
