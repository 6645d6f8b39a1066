import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AddAttachmentsToSetCommand,
  type SupportClient as AwsSupportClient,
  CompleteAttachmentUploadCommand,
  DescribeAttachmentUploadStatusCommand,
  GetAttachmentDownloadLinkCommand,
  GetAttachmentUploadLinksCommand,
} from '@aws-sdk/client-support';
import type { FileContent } from '@casebell/im/bots';
import { type StoredFile, type SupportClient, SupportError } from '../../domain/support-client';
import { callSupport } from './errors';

/** The maximum of a file in an attachment set (AddAttachmentsToSet); larger files are uploaded in parts. */
const MAX_BYTES_IN_SET = 5 * 2 ** 20;
/** A transfer fails when no byte moves for that time. */
const IDLE_TIMEOUT_MS = 15_000;

export function createAttachmentClient(
  client: AwsSupportClient,
): Pick<SupportClient, 'downloadAttachment' | 'uploadAttachment' | 'isAttachmentReady'> {
  return {
    downloadAttachment: (attachmentId) =>
      callSupport('GetAttachmentDownloadLink', async () => {
        const link = await client.send(new GetAttachmentDownloadLinkCommand({ attachmentId }));
        const response = await request(link.downloadUrl?.url ?? '', 'GET');
        const size = Number(response.headers['content-length']);
        return { name: link.fileName ?? '', bytes: response, ...(Number.isFinite(size) && { size }) };
      }),
    uploadAttachment: (file, setId) =>
      file.size <= MAX_BYTES_IN_SET ? addToSet(client, file, setId) : uploadParts(client, file),
    isAttachmentReady: (file) =>
      callSupport('DescribeAttachmentUploadStatus', async () => {
        if ('setId' in file) return true;
        const command = new DescribeAttachmentUploadStatusCommand({ uploadId: file.uploadId });
        const { uploadStatus } = await client.send(command);
        if (uploadStatus === 'failed') throw new SupportError('file-refused', 'the upload has failed');
        return uploadStatus === 'attachment-ready';
      }),
  };
}

/** Holds the file in memory: the API takes it as a part of its JSON. */
async function addToSet(client: AwsSupportClient, file: FileContent, setId?: string): Promise<StoredFile> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.bytes) chunks.push(chunk);
  return callSupport('AddAttachmentsToSet', async () => {
    const attachments = [{ fileName: file.name, data: Buffer.concat(chunks) }];
    const command = new AddAttachmentsToSetCommand({ attachments, attachmentSetId: setId });
    const { attachmentSetId } = await client.send(command);
    return { setId: attachmentSetId ?? '' };
  });
}

/** Streams the file part by part. */
function uploadParts(
  client: AwsSupportClient,
  { name, size, bytes }: FileContent & { size: number },
): Promise<StoredFile> {
  return callSupport('GetAttachmentUploadLinks', async () => {
    const read = createPartReader(bytes);
    const completedUploads: { partIndex: number; eTag: string }[] = [];
    let links = await client.send(new GetAttachmentUploadLinksCommand({ fileName: name, fileSizeBytes: size }));
    const { uploadId = '', partSizeBytes = size } = links;
    for (;;) {
      for (const { partIndex = 0, url = '' } of links.uploadUrls ?? []) {
        const length = Math.min(partSizeBytes, size - (partIndex - 1) * partSizeBytes);
        const response = await request(url, 'PUT', { bytes: read(length), length });
        response.resume();
        completedUploads.push({ partIndex, eTag: String(response.headers.etag ?? '') });
      }
      if (!links.nextIndex) break;
      const uploadRange = { startIndex: links.nextIndex };
      links = await client.send(new GetAttachmentUploadLinksCommand({ fileName: name, uploadId, uploadRange }));
    }
    await client.send(new CompleteAttachmentUploadCommand({ uploadId, completedUploads }));
    return { uploadId };
  });
}

/** Reads a stream in parts of given lengths; what a chunk contains beyond a part belongs to the next part. */
function createPartReader(bytes: AsyncIterable<Uint8Array>): (length: number) => AsyncIterable<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  let rest: Uint8Array | undefined;
  return async function* read(length) {
    for (let missing = length; missing > 0; ) {
      const chunk: Uint8Array | undefined = rest ?? (await source.next()).value;
      if (!chunk) throw new SupportError('file-refused', 'the file ended early');
      yield chunk.subarray(0, missing);
      rest = chunk.length > missing ? chunk.subarray(missing) : undefined;
      missing -= Math.min(missing, chunk.length);
    }
  };
}

/** Sends to a signed link. The link is a password, so no error contains it. */
function request(
  url: string,
  method: 'GET' | 'PUT',
  body?: { bytes: AsyncIterable<Uint8Array>; length: number },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { method, headers: body && { 'content-length': body.length }, timeout: IDLE_TIMEOUT_MS };
    const sent = (url.startsWith('http:') ? http : https).request(url, options);
    sent.on('response', (response) => (isOk(response) ? resolve(response) : reject(rejectionOf(response))));
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.on('error', (error: NodeJS.ErrnoException) => reject(networkError(error)));
    if (body) pipeline(Readable.from(body.bytes), sent).catch((error) => sent.destroy(error));
    else sent.end();
  });
}

const isOk = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

function rejectionOf(response: IncomingMessage): SupportError {
  response.resume();
  const message = `a file: HTTP ${response.statusCode}`;
  const isExpired = response.statusCode === 403 || response.statusCode === 404;
  return isExpired ? new SupportError('file-expired', message) : new SupportError('unreachable', message, true);
}

const networkError = (error: NodeJS.ErrnoException): Error =>
  error instanceof SupportError ? error : new SupportError('unreachable', `a file: ${error.code ?? error.name}`, true);
