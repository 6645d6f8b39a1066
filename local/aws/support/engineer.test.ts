import { DescribeCommunicationsCommand } from '@aws-sdk/client-support';
import type { EngineerCase } from './engineer';
import { ACCOUNT, type Opened, openSupport, REQUEST } from './support.fixture';

let opened: Opened;

beforeEach(async () => {
  opened = await openSupport();
});

afterEach(() => opened.close());

const post = (path: string, body: unknown = {}, type = 'application/json') => {
  const request = { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) };
  return fetch(`${opened.support.engineerUrl}/support/cases/${path}`, request);
};

const onDesk = async (): Promise<EngineerCase[]> =>
  (await (await fetch(`${opened.support.engineerUrl}/support/cases`)).json()) as EngineerCase[];

it('works over HTTP as in code, by case id or display id', async () => {
  const caseId = await opened.open();
  const displayId = (await onDesk())[0]?.displayId;
  const attachments = [{ fileName: '步骤.txt', data: Buffer.from('一二三').toString('base64') }];
  expect((await post(`${displayId}/answer`, { body: '请看附件 "quoted" \\', attachments })).status).toBe(204);
  expect((await post(`${caseId}/pend`)).status).toBe(204);
  expect(await onDesk()).toEqual([
    {
      account: ACCOUNT,
      caseId,
      displayId,
      subject: REQUEST.subject,
      severityCode: 'normal',
      status: 'pending-customer-action',
      communications: [
        expect.objectContaining({ body: REQUEST.communicationBody, fileNames: [] }),
        { submittedBy: 'Amazon Web Services', body: '请看附件 "quoted" \\', fileNames: ['步骤.txt'] },
      ],
    },
  ]);
  await post(`${caseId}/resolve`);
  expect((await onDesk())[0]?.status).toBe('resolved');
  await post(`${caseId}/reopen`);
  expect((await onDesk())[0]?.status).toBe('reopened');
  expect(opened.told()).toEqual(['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'ReopenCase']);
  const { communications } = await opened.client.send(new DescribeCommunicationsCommand({ caseId }));
  expect(communications?.[0]?.attachments?.[0]?.fileName).toBe('步骤.txt');
});

it('refuses what it does not understand, and what another page might send from a browser', async () => {
  const caseId = await opened.open();
  expect((await post('case-1/answer', { body: 'x' })).status).toBe(400);
  expect((await post(`${caseId}/answer`, { text: 'x' })).status).toBe(400);
  expect((await post(`${caseId}/delete`)).status).toBe(400);
  expect((await post(`${caseId}/resolve`, {}, 'text/plain')).status).toBe(400);
  expect(opened.told()).toEqual(['CreateCase']);
});

it('tells EventBridge of every act, of communications alone which one and whose', async () => {
  const caseId = await opened.open();
  opened.support.engineer.answer(caseId, '收到');
  const [created, answered] = opened.events;
  const { displayId } = opened.support.engineer.cases()[0] ?? {};
  const ids = { 'case-id': caseId, 'display-id': displayId };
  const envelope = {
    source: 'aws.support',
    'detail-type': 'Support Case Update',
    account: ACCOUNT,
    region: 'us-east-1',
  };
  const silent = { 'event-name': 'CreateCase', 'communication-id': '', origin: '' };
  expect(created).toEqual({ ...envelope, detail: { ...ids, ...silent } });
  const news = {
    'event-name': 'AddCommunicationToCase',
    origin: 'AWS',
    'communication-id': expect.stringMatching(/\S{36,}/),
  };
  expect(answered).toEqual({ ...envelope, detail: { ...ids, ...news } });
});

it('leaves a resolved case resolved when it answers once more, and resolves or reopens nothing twice', async () => {
  const caseId = await opened.open();
  const { engineer } = opened.support;
  engineer.reopen(caseId);
  engineer.resolve(caseId);
  engineer.resolve(caseId);
  engineer.answer(caseId, 'PS');
  expect(engineer.cases()[0]?.status).toBe('resolved');
  expect(opened.told()).toEqual(['CreateCase', 'ResolveCase', 'AddCommunicationToCase']);
});

it('loses as many events as it is told to', async () => {
  opened.support.set({ lostEvents: 1 });
  const caseId = await opened.open();
  opened.support.engineer.resolve(caseId);
  expect(opened.told()).toEqual(['ResolveCase']);
});

it('can name a case in an event as the API does not', async () => {
  opened.support.set({ foreignIds: true });
  const caseId = await opened.open();
  expect(opened.events[0]?.detail).toMatchObject({ 'case-id': caseId.replace('muzh', 'muen') });
});
