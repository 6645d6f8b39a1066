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
import { downloadBytes, uploadPart } from './transfer';

/** Bytes of a file of an attachment set (AddAttachmentsToSet): larger ones go up in parts. */
const LARGEST_IN_SET = 5 * 2 ** 20;

/** Files of cases, both ways. */
export function createAttachmentClient(
  client: AwsSupportClient,
): Pick<SupportClient, 'downloadAttachment' | 'uploadAttachment' | 'isAttachmentReady'> {
  return {
    downloadAttachment: (attachmentId) =>
      callSupport('GetAttachmentDownloadLink', async () => {
        const link = await client.send(new GetAttachmentDownloadLinkCommand({ attachmentId }));
        return { name: link.fileName ?? '', ...(await downloadBytes(link.downloadUrl?.url ?? '')) };
      }),
    uploadAttachment: (file, set) => (file.size <= LARGEST_IN_SET ? addToSet(client, file, set) : upload(client, file)),
    isAttachmentReady: (file) =>
      callSupport('DescribeAttachmentUploadStatus', async () => {
        if ('setId' in file) return true;
        const { uploadStatus } = await client.send(
          new DescribeAttachmentUploadStatusCommand({ uploadId: file.uploadId }),
        );
        if (uploadStatus === 'failed') throw new SupportError('file-refused', 'the upload has failed');
        return uploadStatus === 'attachment-ready';
      }),
  };
}

/** The one place where a file is held as a whole: the API takes it inside of its JSON. */
async function addToSet(client: AwsSupportClient, file: FileContent, set?: string): Promise<StoredFile> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.bytes) chunks.push(chunk);
  return callSupport('AddAttachmentsToSet', async () => {
    const attachments = [{ fileName: file.name, data: Buffer.concat(chunks) }];
    const { attachmentSetId } = await client.send(
      new AddAttachmentsToSetCommand({ attachments, attachmentSetId: set }),
    );
    return { setId: attachmentSetId ?? '' };
  });
}

/** Part by part, each as it comes. */
function upload(client: AwsSupportClient, { name, size, bytes }: FileContent & { size: number }): Promise<StoredFile> {
  return callSupport('GetAttachmentUploadLinks', async () => {
    const source = bytes[Symbol.asyncIterator]();
    const completedUploads: { partIndex: number; eTag: string }[] = [];
    let links = await client.send(new GetAttachmentUploadLinksCommand({ fileName: name, fileSizeBytes: size }));
    const { uploadId = '', partSizeBytes = size } = links;
    const leftover: { chunk?: Uint8Array } = {};
    for (;;) {
      for (const { partIndex = 0, url = '' } of links.uploadUrls ?? []) {
        const length = Math.min(partSizeBytes, size - (partIndex - 1) * partSizeBytes);
        completedUploads.push({ partIndex, eTag: await uploadPart(url, source, length, leftover) });
      }
      if (!links.nextIndex) break;
      const uploadRange = { startIndex: links.nextIndex };
      links = await client.send(new GetAttachmentUploadLinksCommand({ fileName: name, uploadId, uploadRange }));
    }
    await client.send(new CompleteAttachmentUploadCommand({ uploadId, completedUploads }));
    return { uploadId };
  });
}
