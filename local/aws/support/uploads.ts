import { createHash, randomUUID } from 'node:crypto';
import { type Input, optionalNumber, optionalRecord, optionalText, requiredRecords, requiredText } from '../input';
import { ServiceError } from '../service-error';
import type { File } from './case';
import { constraintViolated, integerWithin, invalidValue, textWithin } from './constraint';
import type { Prepare } from './guard';
import type { Links } from './links';
import type { SupportSettings } from './settings';

/** AWS chooses the size of a part, at most 100 MB; small parts need many links. */
const PART_BYTES = 5 * 2 ** 20;
/** GetAttachmentUploadLinks. */
const MAX_FILE_BYTES = 157_286_400;
const MAX_LINKS = 10;

interface Upload {
  readonly id: string;
  readonly account: string;
  readonly fileName: string;
  readonly size: number;
  readonly totalParts: number;
  /** Received parts by index, which starts at 1. */
  readonly parts: Map<number, { readonly data: Buffer; readonly eTag: string }>;
  readonly completed: Set<number>;
  /** Milliseconds since 1970: when the last part was completed. */
  completedAt?: number;
}

interface CompletedPart {
  readonly partIndex: number;
  readonly eTag: string;
}

/** All parts are full except the last one. */
const bytesOfPart = ({ size, totalParts }: Upload, index: number): number =>
  index < totalParts ? PART_BYTES : size - PART_BYTES * (totalParts - 1);

/** Multipart uploads. A complete upload becomes ready after the lag, because AWS processes it asynchronously. */
export function createUploads(now: () => number, settings: SupportSettings) {
  const uploads = new Map<string, Upload>();

  function statusOf({ completedAt }: Upload): 'attachment-not-ready' | 'attachment-ready' {
    const isReady = completedAt !== undefined && now() >= completedAt + settings.lagMs;
    return isReady ? 'attachment-ready' : 'attachment-not-ready';
  }

  /** The message is a guess. */
  function find(account: string, id: string): Upload {
    const upload = uploads.get(id);
    if (upload?.account === account) return upload;
    throw new ServiceError('UploadIdNotFound', 'The specified uploadId could not be located.');
  }

  return {
    find,
    statusOf,
    begin(account: string, fileName: string, size: number): Upload {
      const totalParts = Math.ceil(size / PART_BYTES);
      const state = { parts: new Map(), completed: new Set<number>() };
      const upload = { id: randomUUID(), account, fileName, size, totalParts, ...state };
      uploads.set(upload.id, upload);
      return upload;
    },
    /** Stores a part of any size, as S3 does, and returns its ETag. */
    put({ parts }: Upload, index: number, data: Buffer): string {
      const eTag = `"${createHash('md5').update(data).digest('hex')}"`;
      parts.set(index, { data, eTag });
      return eTag;
    },
    /** @throws ServiceError for a part that was not stored with this ETag, or has a wrong size */
    check(upload: Upload, reported: readonly CompletedPart[]): void {
      const wrong = reported.find(({ partIndex, eTag }) => {
        const part = upload.parts.get(partIndex);
        return part?.eTag !== eTag || part.data.length !== bytesOfPart(upload, partIndex);
      });
      if (wrong) throw invalidValue(`Part ${wrong.partIndex} was not uploaded, or has a wrong size.`);
    },
    complete(upload: Upload, reported: readonly CompletedPart[]): void {
      for (const { partIndex } of reported) upload.completed.add(partIndex);
      if (upload.completed.size === upload.totalParts) upload.completedAt ??= now();
    },
    /** @throws ServiceError for an upload that is not ready */
    fileOf(account: string, id: string): File {
      const upload = find(account, id);
      if (statusOf(upload) !== 'attachment-ready') throw invalidValue(`The upload ${id} is not ready.`);
      const parts = Array.from({ length: upload.totalParts }, (_, index) => upload.parts.get(index + 1)?.data);
      return { fileName: upload.fileName, data: Buffer.concat(parts.filter((data) => data !== undefined)) };
    },
  };
}

export type Uploads = ReturnType<typeof createUploads>;

interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

function rangeIn(input: Input, totalParts: number): Range {
  const range = optionalRecord(input, 'uploadRange') ?? {};
  const start = optionalNumber(range, 'startIndex') ?? 1;
  const end = optionalNumber(range, 'endIndex') ?? Math.min(start + MAX_LINKS, totalParts + 1);
  if (start < 1 || start > totalParts) throw invalidValue(`The startIndex must be between 1 and ${totalParts}.`);
  if (end <= start || end > totalParts + 1) throw invalidValue('The endIndex is out of range.');
  if (end - start > MAX_LINKS) throw invalidValue(`The range must not exceed ${MAX_LINKS}.`);
  return { start, end };
}

function completedPartsIn(input: Input): CompletedPart[] {
  const parts = requiredRecords(input, 'completedUploads');
  if (parts.length === 0)
    throw constraintViolated('completedUploads', 'Member must have length greater than or equal to 1');
  return parts.map((part) => ({
    partIndex: integerWithin(part, 'partIndex', 1, 10_000) ?? 0,
    eTag: requiredText(part, 'eTag'),
  }));
}

/** GetAttachmentUploadLinks, CompleteAttachmentUpload and DescribeAttachmentUploadStatus, for large files. */
export function createUploadOperations(uploads: Uploads, links: Links): Record<string, Prepare> {
  const createLink = (upload: Upload, partIndex: number) => {
    const respond = (body: Buffer) => ({ status: 200, headers: { etag: uploads.put(upload, partIndex, body) } });
    return { ...links.create(`upload/${upload.id}/${partIndex}`, { method: 'PUT', respond }), partIndex };
  };

  function toOutput(upload: Upload, { start, end }: Range) {
    const { id, totalParts } = upload;
    const indexes = Array.from({ length: end - start }, (_, offset) => start + offset);
    const nextIndex = end <= totalParts ? end : undefined;
    const uploadUrls = indexes.map((index) => createLink(upload, index));
    return { uploadId: id, partSizeBytes: PART_BYTES, totalParts, nextIndex, uploadUrls };
  }

  return {
    GetAttachmentUploadLinks(input, { account }) {
      const id = optionalText(input, 'uploadId');
      const existing = id === undefined ? undefined : uploads.find(account, id);
      const fileName = textWithin(input, 'fileName', 1, 255);
      const size = integerWithin(input, 'fileSizeBytes', 1, MAX_FILE_BYTES) ?? existing?.size;
      if (size === undefined) throw invalidValue('Either fileSizeBytes or uploadId is required.');
      const range = rangeIn(input, existing?.totalParts ?? Math.ceil(size / PART_BYTES));
      return () => toOutput(existing ?? uploads.begin(account, fileName, size), range);
    },
    CompleteAttachmentUpload(input, { account }) {
      const upload = uploads.find(account, requiredText(input, 'uploadId'));
      const parts = completedPartsIn(input);
      uploads.check(upload, parts);
      return () => {
        uploads.complete(upload, parts);
        // A complete upload is processed asynchronously, so it is never ready here.
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
