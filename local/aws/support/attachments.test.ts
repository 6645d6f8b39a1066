import {
  AddAttachmentsToSetCommand,
  AddCommunicationToCaseCommand,
  DescribeAttachmentCommand,
  DescribeCommunicationsCommand,
  GetAttachmentDownloadLinkCommand,
} from '@aws-sdk/client-support';
import { type Opened, openSupport } from './support.fixture';

const MEBIBYTE = 2 ** 20;
let opened: Opened;

beforeEach(async () => {
  opened = await openSupport({ settings: { setsPerHour: 3 } });
});

afterEach(() => opened.close());

const file = (fileName: string, size = 3) => ({ fileName, data: Buffer.alloc(size, fileName) });
const add = (attachments: object[], attachmentSetId?: string) =>
  opened.client.send(new AddAttachmentsToSetCommand({ attachmentSetId, attachments }));
const latest = async (caseId: string) => {
  const { communications } = await opened.client.send(new DescribeCommunicationsCommand({ caseId }));
  return communications?.[0];
};
const read = (attachmentId = '') => opened.client.send(new DescribeAttachmentCommand({ attachmentId }));

it('collects files in a set, attaches them and gives them back', async () => {
  const { attachmentSetId, expiryTime } = await add([file('日志.log'), file('b.png')]);
  expect(expiryTime).toBe('2026-11-20T09:00:00.000Z');
  expect((await add([file('c.txt')], attachmentSetId)).attachmentSetId).toBe(attachmentSetId);
  const caseId = await opened.open({ attachmentSetId });
  const { attachments, attachmentSet } = (await latest(caseId)) ?? {};
  expect(attachments?.map(({ fileName }) => fileName)).toEqual(['日志.log', 'b.png', 'c.txt']);
  expect(attachmentSet).toEqual(attachments);
  const { attachment } = await read(attachments?.[0]?.attachmentId);
  expect(attachment?.fileName).toBe('日志.log');
  expect(Buffer.from(attachment?.data ?? [])).toEqual(file('日志.log').data);
});

it('takes three files of 5 MB at once and not a byte or a file more', async () => {
  const full = file('full', 5 * MEBIBYTE);
  const { attachmentSetId } = await add([full, full, full]);
  for (const more of [
    () => add([file('fourth')], attachmentSetId),
    () => add([file('large', 5 * MEBIBYTE + 1)]),
    () => add([file('a'), file('b'), file('c'), file('d')]),
  ]) {
    await expect(more()).rejects.toMatchObject({ name: 'AttachmentSetSizeLimitExceeded' });
  }
});

it('forgets a set after an hour', async () => {
  const { attachmentSetId } = await add([file('a')]);
  opened.clock.now += 3_599_999;
  const caseId = await opened.open({ attachmentSetId });
  opened.clock.now += 1;
  await expect(add([file('b')], attachmentSetId)).rejects.toMatchObject({ name: 'AttachmentSetExpired' });
  const late = new AddCommunicationToCaseCommand({ caseId, communicationBody: '附件', attachmentSetId });
  await expect(opened.client.send(late)).rejects.toMatchObject({ name: 'AttachmentSetExpired' });
});

it('gives back what was attached only after the lag', async () => {
  const { attachmentSetId } = await add([file('a')]);
  const caseId = await opened.open({ attachmentSetId });
  const attachmentId = (await latest(caseId))?.attachments?.[0]?.attachmentId;
  opened.support.lag(1000);
  await expect(read(attachmentId)).rejects.toMatchObject({ name: 'AttachmentIdNotFound' });
  opened.clock.now += 1000;
  expect((await read(attachmentId)).attachment?.fileName).toBe('a');
});

it('gives sets and attachments to no other account', async () => {
  const { attachmentSetId } = await add([file('a')]);
  const caseId = await opened.open({ attachmentSetId });
  const attachmentId = (await latest(caseId))?.attachments?.[0]?.attachmentId;
  const stranger = opened.clientOf('999999999999');
  const adding = stranger.send(new AddAttachmentsToSetCommand({ attachmentSetId, attachments: [file('b')] }));
  await expect(adding).rejects.toMatchObject({ name: 'AttachmentSetIdNotFound' });
  const reading = stranger.send(new DescribeAttachmentCommand({ attachmentId }));
  await expect(reading).rejects.toMatchObject({ name: 'AttachmentIdNotFound' });
});

it('limits how many sets are begun in a short time', async () => {
  for (const name of ['a', 'b', 'c']) await add([file(name)]);
  await expect(add([file('d')])).rejects.toMatchObject({ name: 'AttachmentLimitExceeded' });
});

it('limits how many attachments are read in a short time', async () => {
  opened.support.set({ attachmentsPerHour: 0 });
  await expect(read('a')).rejects.toMatchObject({ name: 'DescribeAttachmentLimitExceeded' });
});

it('begins no set in a dry run', async () => {
  const dry = new AddAttachmentsToSetCommand({ attachments: [file('a')], dryRun: true });
  for (let run = 0; run < 4; run += 1) {
    await expect(opened.client.send(dry)).rejects.toMatchObject({ name: 'DryRunOperationException' });
  }
});

it('gives a link to what AWS has attached, for an hour', async () => {
  const caseId = await opened.open();
  opened.support.engineer.answer(caseId, 'See the file.', [file('诊断.txt')]);
  const attachmentId = (await latest(caseId))?.attachments?.[0]?.attachmentId;
  const { fileName, downloadUrl } = await opened.client.send(new GetAttachmentDownloadLinkCommand({ attachmentId }));
  expect(fileName).toBe('诊断.txt');
  expect(downloadUrl?.expiryDate).toBe('2026-11-20T09:00:00.000Z');
  const url = downloadUrl?.url ?? '';
  expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(file('诊断.txt').data);
  expect((await fetch(`${url}0`)).status).toBe(403);
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  opened.clock.now += 3_600_000;
  expect((await fetch(url)).status).toBe(403);
});
