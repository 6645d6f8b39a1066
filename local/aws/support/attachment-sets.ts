import { randomBytes } from 'node:crypto';
import { ServiceError } from '../service-error';
import type { File } from './case';
import { SMALL } from './describe-cases';
import type { Hourly } from './throttle';

/** Milliseconds, and files (AddAttachmentsToSet). */
const LIFE = 3_600_000;
const MOST_FILES = 3;

interface AttachmentSet {
  readonly id: string;
  readonly account: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly files: File[];
}

/** The model's names; the sentences are guesses. */
const FAULTS = {
  AttachmentSetIdNotFound: 'An attachment set with the specified ID could not be found.',
  AttachmentSetExpired: 'The expiration time of the attachment set has passed.',
  AttachmentSetSizeLimitExceeded: 'The limits are three attachments and 5 MB per attachment.',
  AttachmentLimitExceeded: 'Too many attachment sets were created in a short period of time.',
} as const;

const fault = (code: keyof typeof FAULTS): ServiceError => new ServiceError(code, FAULTS[code]);

/** Attachment sets, each for an hour. Whether one that was used can be used again is not said; here it can. */
export function openAttachmentSets(now: () => number, begun: Hourly) {
  const sets = new Map<string, AttachmentSet>();

  function find(account: string, id: string): AttachmentSet {
    const set = sets.get(id);
    if (!set || set.account !== account) throw fault('AttachmentSetIdNotFound');
    if (now() >= set.expires) throw fault('AttachmentSetExpired');
    return set;
  }

  function begin(account: string): AttachmentSet {
    begun.use(account);
    const set = { id: `as-${randomBytes(16).toString('hex')}`, account, expires: now() + LIFE, files: [] };
    sets.set(set.id, set);
    return set;
  }

  return {
    /** The files of a set. */
    filesOf: (account: string, id: string): readonly File[] => find(account, id).files,
    /** Checks that these files fit; the set is begun where none is named, once what this returns is called. */
    add(account: string, id: string | undefined, files: readonly File[]): () => AttachmentSet {
      const found = id === undefined ? undefined : find(account, id);
      if (!found && begun.isFull(account)) throw fault('AttachmentLimitExceeded');
      const count = (found?.files.length ?? 0) + files.length;
      const isTooMuch = count > MOST_FILES || files.some(({ data }) => data.length > SMALL);
      if (isTooMuch) throw fault('AttachmentSetSizeLimitExceeded');
      return () => {
        const set = found ?? begin(account);
        set.files.push(...files);
        return set;
      };
    },
  };
}

export type AttachmentSets = ReturnType<typeof openAttachmentSets>;
