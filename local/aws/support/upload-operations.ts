import { type Input, optionalNumber, optionalRecord, optionalText, requiredRecords, requiredText } from '../input';
import { broken, countWithin, textWithin, unsuitable } from './constraint';
import type { Ask } from './guard';
import type { Links } from './links';
import { PART_SIZE, type ReportedPart, type Upload, type Uploads } from './uploads';

/** Bytes, and links of one answer (GetAttachmentUploadLinks). */
const LARGEST_FILE = 157_286_400;
const MOST_LINKS = 10;

interface Range {
  readonly start: number;
  /** The first index that is outside. */
  readonly end: number;
}

function rangeIn(input: Input, totalParts: number): Range {
  const range = optionalRecord(input, 'uploadRange') ?? {};
  const start = optionalNumber(range, 'startIndex') ?? 1;
  const end = optionalNumber(range, 'endIndex') ?? Math.min(start + MOST_LINKS, totalParts + 1);
  if (start < 1 || start > totalParts) throw unsuitable(`The startIndex must be between 1 and ${totalParts}.`);
  if (end <= start || end > totalParts + 1) throw unsuitable('The endIndex is out of range.');
  if (end - start > MOST_LINKS) throw unsuitable(`The range must not exceed ${MOST_LINKS}.`);
  return { start, end };
}

/** The parts that a client says it has put. */
function reportedIn(input: Input): ReportedPart[] {
  const reported = requiredRecords(input, 'completedUploads');
  if (reported.length === 0) throw broken('completedUploads', 'Member must have length greater than or equal to 1');
  return reported.map((part) => ({
    partIndex: countWithin(part, 'partIndex', 1, 10_000) ?? 0,
    eTag: requiredText(part, 'eTag'),
  }));
}

/** The way of large files: links, parts, and a status to ask for. */
export function uploadOperations(uploads: Uploads, links: Links): Record<string, Ask> {
  const linkTo = (upload: Upload, partIndex: number) => {
    const ETag = (body: Buffer) => ({ etag: uploads.put(upload, partIndex, body) });
    const link = { method: 'PUT', answer: (body: Buffer) => ({ status: 200, headers: ETag(body) }) } as const;
    return { ...links.issue(`upload/${upload.id}/${partIndex}`, link), partIndex };
  };

  function answerFor(upload: Upload, { start, end }: Range) {
    const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
    const nextIndex = end <= upload.totalParts ? end : undefined;
    const uploadUrls = indexes.map((index) => linkTo(upload, index));
    return { uploadId: upload.id, partSizeBytes: PART_SIZE, totalParts: upload.totalParts, nextIndex, uploadUrls };
  }

  return {
    GetAttachmentUploadLinks(input, { account }) {
      const id = optionalText(input, 'uploadId');
      const found = id === undefined ? undefined : uploads.find(account, id);
      const fileName = textWithin(input, 'fileName', 1, 255);
      const size = countWithin(input, 'fileSizeBytes', 1, LARGEST_FILE) ?? found?.size;
      if (size === undefined) throw unsuitable('Either fileSizeBytes or uploadId is required.');
      const range = rangeIn(input, found?.totalParts ?? Math.ceil(size / PART_SIZE));
      return () => answerFor(found ?? uploads.begin(account, fileName, size), range);
    },
    CompleteAttachmentUpload(input, { account }) {
      const upload = uploads.find(account, requiredText(input, 'uploadId'));
      const reported = reportedIn(input);
      uploads.check(upload, reported);
      return () => {
        uploads.complete(upload, reported);
        // Whole files are looked at asynchronously, so that nobody hears here that one is ready.
        return { uploadStatus: 'attachment-not-ready' };
      };
    },
    DescribeAttachmentUploadStatus(input, { account }) {
      const upload = uploads.find(account, requiredText(input, 'uploadId'));
      const uploadProgress = { totalParts: upload.totalParts, completedPartsCount: upload.completed.size };
      return () => ({ uploadStatus: uploads.statusOf(upload), fileName: upload.fileName, uploadProgress });
    },
  };
}
