import { createHash, randomUUID } from 'node:crypto';
import { ServiceError } from '../service-error';
import type { File } from './case';
import { unsuitable } from './constraint';
import type { SupportSettings } from './settings';

/** Bytes of a part. AWS chooses it and says only that it is at most 100 MB; small ones need many links. */
const PART = 5 * 2 ** 20;

export interface Upload {
  readonly id: string;
  readonly account: string;
  readonly fileName: string;
  readonly size: number;
  readonly totalParts: number;
  /** What was put, by part index, which begins with 1. */
  readonly parts: Map<number, { readonly data: Buffer; readonly eTag: string }>;
  readonly completed: Set<number>;
  /** Milliseconds since 1970: when the last part was reported. */
  wholeSince?: number;
}

export interface ReportedPart {
  readonly partIndex: number;
  readonly eTag: string;
}

/** The sentence is a guess. */
const unknown = (): ServiceError =>
  new ServiceError('UploadIdNotFound', 'The specified uploadId could not be located.');

/** Bytes of this part: all are full but the last. */
const sizeOf = ({ size, totalParts }: Upload, index: number): number =>
  index < totalParts ? PART : size - PART * (totalParts - 1);

export const PART_SIZE = PART;

/** Uploads in parts. What is whole is made ready after the lag, as AWS does it asynchronously. */
export function openUploads(now: () => number, settings: SupportSettings) {
  const uploads = new Map<string, Upload>();

  function statusOf({ wholeSince }: Upload): 'attachment-not-ready' | 'attachment-ready' | 'failed' {
    if (wholeSince === undefined || now() < wholeSince + settings.lagMs) return 'attachment-not-ready';
    return settings.uploadsFail ? 'failed' : 'attachment-ready';
  }

  function find(account: string, id: string): Upload {
    const upload = uploads.get(id);
    if (!upload || upload.account !== account) throw unknown();
    return upload;
  }

  return {
    find,
    statusOf,
    begin(account: string, fileName: string, size: number): Upload {
      const totalParts = Math.ceil(size / PART);
      const upload = {
        id: randomUUID(),
        account,
        fileName,
        size,
        totalParts,
        parts: new Map(),
        completed: new Set<number>(),
      };
      uploads.set(upload.id, upload);
      return upload;
    },
    /** Takes a part as S3 does, of whatever size; says its ETag. */
    put({ parts }: Upload, index: number, data: Buffer): string {
      const eTag = `"${createHash('md5').update(data).digest('hex')}"`;
      parts.set(index, { data, eTag });
      return eTag;
    },
    /** @throws ServiceError for a part that was not put like this, or has another size than was told */
    check(upload: Upload, reported: readonly ReportedPart[]): void {
      const wrong = reported.find(({ partIndex, eTag }) => {
        const part = upload.parts.get(partIndex);
        return part?.eTag !== eTag || part.data.length !== sizeOf(upload, partIndex);
      });
      if (wrong) throw unsuitable(`Part ${wrong.partIndex} was not uploaded, or not as announced.`);
    },
    complete(upload: Upload, reported: readonly ReportedPart[]): void {
      for (const { partIndex } of reported) upload.completed.add(partIndex);
      if (upload.completed.size === upload.totalParts) upload.wholeSince ??= now();
    },
    /** @throws ServiceError for an upload that is not ready */
    fileOf(account: string, id: string): File {
      const upload = find(account, id);
      if (statusOf(upload) !== 'attachment-ready') throw unsuitable(`The upload ${id} is not ready.`);
      const parts = Array.from({ length: upload.totalParts }, (_, index) => upload.parts.get(index + 1)?.data);
      return { fileName: upload.fileName, data: Buffer.concat(parts.filter((data) => data !== undefined)) };
    },
  };
}

export type Uploads = ReturnType<typeof openUploads>;
