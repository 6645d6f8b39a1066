import {
  AddCommunicationToCaseCommand,
  CompleteAttachmentUploadCommand,
  type CompletedUpload,
  DescribeAttachmentCommand,
  DescribeAttachmentUploadStatusCommand,
  DescribeCommunicationsCommand,
  GetAttachmentDownloadLinkCommand,
  GetAttachmentUploadLinksCommand,
  type GetAttachmentUploadLinksCommandInput,
  type UploadUrl,
} from '@aws-sdk/client-support';
import { type Opened, openSupport } from './support.fixture';

const PART = 5 * 2 ** 20;
const LARGEST = 157_286_400;
const fileName = '转储.zip';
let opened: Opened;

beforeEach(async () => {
  opened = await openSupport();
});

afterEach(() => opened.close());

const links = (more: Partial<GetAttachmentUploadLinksCommandInput>) =>
  opened.client.send(new GetAttachmentUploadLinksCommand({ fileName, ...more }));
const status = async (uploadId?: string) => {
  const { uploadStatus } = await opened.client.send(new DescribeAttachmentUploadStatusCommand({ uploadId }));
  return uploadStatus;
};
const complete = (uploadId: string | undefined, completedUploads: CompletedUpload[]) =>
  opened.client.send(new CompleteAttachmentUploadCommand({ uploadId, completedUploads }));

async function put({ url = '', partIndex }: UploadUrl, data: Buffer) {
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(data) });
  expect(answer.status).toBe(200);
  return { partIndex, eTag: answer.headers.get('etag') ?? '' };
}

const data = Buffer.concat([Buffer.alloc(PART, 'a'), Buffer.from('尾')]);

/** Puts both parts; nobody has been told yet. */
async function putAll() {
  const { uploadId, uploadUrls = [], ...more } = await links({ fileSizeBytes: data.length });
  const parts = await Promise.all(
    uploadUrls.map((url, index) => put(url, data.subarray(index * PART, (index + 1) * PART))),
  );
  return { uploadId, parts, ...more };
}

it('takes a large file in parts, and attaches it once it is ready', async () => {
  const { uploadId = '', parts, partSizeBytes, totalParts } = await putAll();
  expect({ partSizeBytes, totalParts }).toEqual({ partSizeBytes: PART, totalParts: 2 });
  const [first, second] = parts;
  await complete(uploadId, first ? [first] : []);
  const asked = new DescribeAttachmentUploadStatusCommand({ uploadId });
  expect(await opened.client.send(asked)).toMatchObject({
    uploadStatus: 'attachment-not-ready',
    fileName,
    uploadProgress: { totalParts: 2, completedPartsCount: 1 },
  });
  expect((await complete(uploadId, second ? [second] : [])).uploadStatus).toBe('attachment-not-ready');
  expect(await status(uploadId)).toBe('attachment-ready');

  const caseId = await opened.open({ uploadIds: [uploadId] });
  const { communications } = await opened.client.send(new DescribeCommunicationsCommand({ caseId }));
  const { attachments = [], attachmentSet } = communications?.[0] ?? {};
  expect(attachments).toEqual([{ attachmentId: expect.any(String), fileName }]);
  expect(attachmentSet).toEqual([]);
  const attachmentId = attachments[0]?.attachmentId;
  const whole = opened.client.send(new DescribeAttachmentCommand({ attachmentId }));
  await expect(whole).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  const { downloadUrl } = await opened.client.send(new GetAttachmentDownloadLinkCommand({ attachmentId }));
  const answer = await fetch(downloadUrl?.url ?? '');
  expect(Buffer.from(await answer.arrayBuffer()).equals(data)).toBe(true);
});

it('is ready only after the lag, and cannot be attached before', async () => {
  opened.support.lag(2000);
  const { uploadId = '', parts } = await putAll();
  await complete(uploadId, parts);
  expect(await status(uploadId)).toBe('attachment-not-ready');
  await expect(opened.open({ uploadIds: [uploadId] })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  opened.clock.now += 2000;
  expect(await status(uploadId)).toBe('attachment-ready');
  const caseId = await opened.open({ uploadIds: [uploadId] });
  const words = { caseId, communicationBody: '再来一次', uploadIds: [uploadId] };
  expect((await opened.client.send(new AddCommunicationToCaseCommand(words))).result).toBe(true);
});

it('can turn out failed', async () => {
  opened.support.set({ uploadsFail: true });
  const { uploadId = '', parts } = await putAll();
  await complete(uploadId, parts);
  expect(await status(uploadId)).toBe('failed');
});

it('gives ten links at a time', async () => {
  const first = await links({ fileSizeBytes: LARGEST });
  expect(first).toMatchObject({ totalParts: 30, nextIndex: 11 });
  const { uploadId } = first;
  const indexes = [...(first.uploadUrls ?? [])];
  for (let startIndex = first.nextIndex; startIndex; ) {
    const { uploadUrls = [], nextIndex } = await links({ uploadId, uploadRange: { startIndex } });
    indexes.push(...uploadUrls);
    startIndex = nextIndex;
  }
  expect(indexes.map(({ partIndex }) => partIndex)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  const range = await links({ uploadId, uploadRange: { startIndex: 4, endIndex: 6 } });
  expect(range.uploadUrls?.map(({ partIndex }) => partIndex)).toEqual([4, 5]);
});

it.each([
  ['ValidationException', { fileSizeBytes: LARGEST + 1 }],
  ['ValidationException', { fileSizeBytes: 0 }],
  ['ValidationException', { fileName: undefined, fileSizeBytes: 1 }],
  ['InvalidParameterValueException', {}],
  ['InvalidParameterValueException', { fileSizeBytes: LARGEST, uploadRange: { startIndex: 1, endIndex: 12 } }],
  ['InvalidParameterValueException', { fileSizeBytes: 1, uploadRange: { startIndex: 2 } }],
  ['UploadIdNotFound', { uploadId: 'nobody' }],
])('answers %s to %j', async (name, input) => {
  await expect(links(input)).rejects.toMatchObject({ name });
});

it('does not believe in a part that was not put, or not as announced', async () => {
  const { uploadId, uploadUrls = [] } = await links({ fileSizeBytes: data.length });
  const [first] = uploadUrls;
  const short = first && (await put(first, Buffer.from('short')));
  for (const parts of [short ? [short] : [], [{ partIndex: 2, eTag: '"x"' }]]) {
    await expect(complete(uploadId, parts)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  }
  const stranger = opened.clientOf('999999999999');
  const foreign = stranger.send(new DescribeAttachmentUploadStatusCommand({ uploadId }));
  await expect(foreign).rejects.toMatchObject({ name: 'UploadIdNotFound' });
});
