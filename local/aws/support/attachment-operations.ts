import { type Input, optionalText, requiredRecords, requiredText } from '../input';
import { ServiceError } from '../service-error';
import type { AttachmentSets } from './attachment-sets';
import type { Attachment, File } from './case';
import type { Cases } from './cases';
import { broken, textsWithin, unsuitable } from './constraint';
import { SMALL } from './describe-cases';
import { fileIn } from './file-in';
import type { Ask } from './guard';
import type { Links } from './links';
import type { Hourly } from './throttle';
import type { Uploads } from './uploads';

const MOST_UPLOADS = 10;

/** Both sentences are guesses. */
const unknown = () => new ServiceError('AttachmentIdNotFound', 'The specified attachment ID could not be found.');
const tooMany = () =>
  new ServiceError(
    'DescribeAttachmentLimitExceeded',
    'Too many DescribeAttachment requests in a short period of time.',
  );

/** The files that a case or a communication is to have, from its attachment set and its uploads. */
export function openCollector(sets: AttachmentSets, uploads: Uploads) {
  return (input: Input, account: string): File[] => {
    const set = optionalText(input, 'attachmentSetId');
    const ids = textsWithin(input, 'uploadIds', MOST_UPLOADS);
    const small = set === undefined ? [] : sets.filesOf(account, set);
    return [...small, ...ids.map((id) => uploads.fileOf(account, id))];
  };
}

export interface AttachmentRoom {
  readonly cases: Cases;
  readonly sets: AttachmentSets;
  readonly links: Links;
  readonly described: Hourly;
  /** Up to when what was written is seen. */
  seen(): number;
}

/** Attachment sets, and what was attached. */
export function attachmentOperations({ cases, sets, links, described, seen }: AttachmentRoom): Record<string, Ask> {
  function find(input: Input, account: string): Attachment {
    const id = requiredText(input, 'attachmentId');
    const communications = cases.of(account).flatMap((one) => one.communications.filter(({ at }) => at <= seen()));
    const found = communications.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
    if (!found) throw unknown();
    return found;
  }

  const download = ({ id, fileName, data }: Attachment) => {
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` };
    return links.issue(`download/${id}`, { method: 'GET', answer: () => ({ status: 200, headers, body: data }) });
  };

  return {
    AddAttachmentsToSet(input, { account }) {
      const files = requiredRecords(input, 'attachments').map(fileIn);
      if (files.length === 0) throw broken('attachments', 'Member must have length greater than or equal to 1');
      const add = sets.add(account, optionalText(input, 'attachmentSetId'), files);
      return () => {
        const { id, expires } = add();
        return { attachmentSetId: id, expiryTime: new Date(expires).toISOString() };
      };
    },
    DescribeAttachment(input, { account }) {
      if (described.isFull(account)) throw tooMany();
      const { fileName, data } = find(input, account);
      if (data.length > SMALL) throw unsuitable('The attachment is larger than 5 MB.');
      return () => {
        described.use(account);
        return { attachment: { fileName, data: data.toString('base64') } };
      };
    },
    GetAttachmentDownloadLink(input, { account }) {
      const attachment = find(input, account);
      return () => ({ fileName: attachment.fileName, downloadUrl: download(attachment) });
    },
  };
}
