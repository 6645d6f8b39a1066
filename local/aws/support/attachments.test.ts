import {
  AddAttachmentsToSetCommand,
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
import { openSupport, type TestSupport } from './support.fixture';

let at: TestSupport;

beforeEach(async () => {
  at = await openSupport();
});

afterEach(() => at.close());

const OTHER_ACCOUNT = '999999999999';
const file = (fileName: string, size = 3) => ({ fileName, data: Buffer.alloc(size, fileName) });
const latest = async (caseId: string) => {
  const { communications } = await at.client.send(new DescribeCommunicationsCommand({ caseId }));
  return communications?.[0];
};
const attachmentOf = async (caseId: string) => (await latest(caseId))?.attachments?.[0]?.attachmentId;
const read = (attachmentId = '', client = at.client) => client.send(new DescribeAttachmentCommand({ attachmentId }));
const downloadLink = (attachmentId?: string) => at.client.send(new GetAttachmentDownloadLinkCommand({ attachmentId }));

describe('attachment sets', () => {
  const add = (attachments: object[], attachmentSetId?: string, client = at.client) =>
    client.send(new AddAttachmentsToSetCommand({ attachmentSetId, attachments }));

  it('take three files of 5 MB, no more', async () => {
    const full = file('full', 5 * 2 ** 20);
    const { attachmentSetId } = await add([full, full, full]);
    for (const rejected of [
      () => add([file('fourth')], attachmentSetId),
      () => add([file('large', 5 * 2 ** 20 + 1)]),
      () => add([file('a'), file('b'), file('c'), file('d')]),
    ])
      await expect(rejected()).rejects.toMatchObject({ name: 'AttachmentSetSizeLimitExceeded' });
  });

  it('and attachments are hidden from other accounts, and attachments until the lag has passed', async () => {
    const { attachmentSetId } = await add([file('a')]);
    const attachmentId = await attachmentOf(await at.open({ attachmentSetId }));
    const other = at.clientOf(OTHER_ACCOUNT);
    await expect(add([file('b')], attachmentSetId, other)).rejects.toMatchObject({ name: 'AttachmentSetIdNotFound' });
    await expect(read(attachmentId, other)).rejects.toMatchObject({ name: 'AttachmentIdNotFound' });
    at.support.lag(1000);
    await expect(read(attachmentId)).rejects.toMatchObject({ name: 'AttachmentIdNotFound' });
    at.clock.now += 1000;
    expect((await read(attachmentId)).attachment?.fileName).toBe('a');
  });
});

it('GetAttachmentDownloadLink returns a link that is valid for an hour', async () => {
  const caseId = await at.open();
  at.support.engineer.answer(caseId, 'See the file.', [file('诊断.txt')]);
  const { fileName, downloadUrl } = await downloadLink(await attachmentOf(caseId));
  expect([fileName, downloadUrl?.expiryDate]).toEqual(['诊断.txt', '2026-11-20T09:00:00.000Z']);
  const url = downloadUrl?.url ?? '';
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(file('诊断.txt').data);
  expect((await fetch(`${url}0`)).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  at.clock.now += 3_600_000;
  expect((await fetch(url)).status).toBe(403);
});

describe('uploads', () => {
  const PART_BYTES = 5 * 2 ** 20;
  const MAX_BYTES = 157_286_400;
  const fileName = '转储.zip';
  const data = Buffer.concat([Buffer.alloc(PART_BYTES, 'a'), Buffer.from('尾')]);

  const links = (more: Partial<GetAttachmentUploadLinksCommandInput>) =>
    at.client.send(new GetAttachmentUploadLinksCommand({ fileName, ...more }));
  const describeUpload = (uploadId?: string, client = at.client) =>
    client.send(new DescribeAttachmentUploadStatusCommand({ uploadId }));
  const complete = (uploadId: string | undefined, completedUploads: CompletedUpload[]) =>
    at.client.send(new CompleteAttachmentUploadCommand({ uploadId, completedUploads }));

  async function put({ url = '', partIndex }: UploadUrl, part: Buffer) {
    const response = await fetch(url, { method: 'PUT', body: new Uint8Array(part) });
    expect(response.status).toBe(200);
    return { partIndex, eTag: response.headers.get('etag') ?? '' };
  }

  it('give ten links at a time', async () => {
    const first = await links({ fileSizeBytes: MAX_BYTES });
    expect(first).toMatchObject({ totalParts: 30, nextIndex: 11 });
    const { uploadId } = first;
    const urls = [...(first.uploadUrls ?? [])];
    for (let startIndex = first.nextIndex; startIndex; ) {
      const { uploadUrls = [], nextIndex } = await links({ uploadId, uploadRange: { startIndex } });
      urls.push(...uploadUrls);
      startIndex = nextIndex;
    }
    expect(urls.map(({ partIndex }) => partIndex)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    const range = await links({ uploadId, uploadRange: { startIndex: 4, endIndex: 6 } });
    expect(range.uploadUrls?.map(({ partIndex }) => partIndex)).toEqual([4, 5]);
  });

  it.each([
    ['ValidationException', { fileSizeBytes: MAX_BYTES + 1 }],
    ['ValidationException', { fileSizeBytes: 0 }],
    ['ValidationException', { fileName: undefined, fileSizeBytes: 1 }],
    ['InvalidParameterValueException', {}],
    ['InvalidParameterValueException', { fileSizeBytes: MAX_BYTES, uploadRange: { startIndex: 1, endIndex: 12 } }],
    ['InvalidParameterValueException', { fileSizeBytes: 1, uploadRange: { startIndex: 2 } }],
    ['UploadIdNotFound', { uploadId: 'unknown' }],
  ])('reject with %s: %j', async (name, input) => {
    await expect(links(input)).rejects.toMatchObject({ name });
  });

  it('reject a part that was not uploaded or is too short, and other accounts', async () => {
    const { uploadId, uploadUrls = [] } = await links({ fileSizeBytes: data.length });
    const short = await Promise.all(uploadUrls.slice(0, 1).map((url) => put(url, Buffer.from('short'))));
    for (const part of [...short, { partIndex: 2, eTag: '"x"' }])
      await expect(complete(uploadId, [part])).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const foreign = describeUpload(uploadId, at.clientOf(OTHER_ACCOUNT));
    await expect(foreign).rejects.toMatchObject({ name: 'UploadIdNotFound' });
  });
});
