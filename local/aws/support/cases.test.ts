import {
  AddCommunicationToCaseCommand,
  CreateCaseCommand,
  DescribeCasesCommand,
  DescribeCommunicationsCommand,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import type { EngineerCase } from './engineer';
import { ACCOUNT, openSupport, REQUEST, type TestSupport } from './support.fixture';

let at: TestSupport;

beforeEach(async () => {
  at = await openSupport();
});

afterEach(() => at.close());

const create = (more: object) => at.client.send(new CreateCaseCommand({ ...REQUEST, ...more }));
const add = (caseId: string, communicationBody: string, more = {}) =>
  at.client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody, ...more }));
const resolve = (caseId: string) => at.client.send(new ResolveCaseCommand({ caseId }));
const find = async (caseId: string, more = {}) => {
  const input = { caseIdList: [caseId], includeResolvedCases: true, ...more };
  const { cases = [] } = await at.client.send(new DescribeCasesCommand(input));
  return cases[0];
};
const mails = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@example.com`);

describe('CreateCase', () => {
  it.each([
    ['no subject', 'ValidationException', { subject: undefined }],
    ['an empty subject', 'ValidationException', { subject: '' }],
    ['a subject that is too long', 'ValidationException', { subject: '字'.repeat(251) }],
    ['no body', 'ValidationException', { communicationBody: undefined }],
    ['an empty body', 'ValidationException', { communicationBody: '' }],
    ['a body that is too long', 'ValidationException', { communicationBody: '字'.repeat(8001) }],
    ['eleven addresses', 'ValidationException', { ccEmailAddresses: mails(11) }],
    ['eleven uploads', 'ValidationException', { uploadIds: Array(11).fill('u') }],
    ['a service without category', 'ValidationException', { categoryCode: undefined }],
    ['a category without service', 'ValidationException', { serviceCode: undefined }],
    ['a malformed address', 'InvalidParameterValueException', { ccEmailAddresses: ['王小明'] }],
    ['an unknown service', 'InvalidParameterValueException', { serviceCode: 'amazon-ec2' }],
    ['a category of another service', 'InvalidParameterValueException', { categoryCode: 'bucket-issue' }],
    ['an unknown severity', 'InvalidParameterValueException', { severityCode: 'extreme' }],
    ['a severity above the plan', 'InvalidParameterValueException', { severityCode: 'critical' }],
    ['an unsupported language', 'InvalidParameterValueException', { language: 'tr' }],
    ['an unknown issue type', 'InvalidParameterValueException', { issueType: 'account-and-billing' }],
    ['a wrong value in a dry run', 'InvalidParameterValueException', { dryRun: true, serviceCode: 'amazon-ec2' }],
    ['an unknown attachment set', 'AttachmentSetIdNotFound', { attachmentSetId: 'as-1' }],
    ['an unknown upload', 'UploadIdNotFound', { uploadIds: ['u-1'] }],
  ])('rejects %s with %s', async (_, name, more) => {
    await expect(create(more)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    expect(at.support.engineer.cases()).toEqual([]);
  });
});

it('a case has the documented statuses and events from its creation to its reopening', async () => {
  const caseId = await at.open();
  const { engineer } = at.support;
  const status = async () => (await find(caseId))?.status;
  engineer.reopen(caseId);
  engineer.answer(caseId, 'Which Region?');
  expect(await status()).toBe('work-in-progress');
  engineer.pend(caseId);
  expect(await status()).toBe('pending-customer-action');
  await add(caseId, 'cn-north-1');
  expect(await status()).toBe('customer-action-completed');
  const resolved = { finalCaseStatus: 'resolved' };
  expect(await resolve(caseId)).toMatchObject({ initialCaseStatus: 'customer-action-completed', ...resolved });
  expect(await resolve(caseId)).toMatchObject({ initialCaseStatus: 'resolved', ...resolved });
  expect(await find(caseId, { includeResolvedCases: false })).toBeUndefined();
  engineer.answer(caseId, 'PS');
  expect(await status()).toBe('resolved');
  await add(caseId, '还是不行');
  expect((await find(caseId, { includeResolvedCases: false }))?.status).toBe('reopened');
  const added = 'AddCommunicationToCase';
  expect(at.eventNames()).toEqual(['CreateCase', added, added, 'ResolveCase', added, added, 'ReopenCase']);
});

it.each([
  ['an unknown case', ACCOUNT, async () => 'case-111122223333-muzh-2026-0123456789abcdef'],
  ['a case of another account', '999999999999', () => at.open()],
])('operations reject %s with CaseIdNotFound', async (_, account, open) => {
  const caseId = await open();
  const client = at.clientOf(account);
  const requests = [
    client.send(new DescribeCasesCommand({ caseIdList: [caseId] })),
    client.send(new DescribeCommunicationsCommand({ caseId })),
    client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody: 'hello' })),
    client.send(new ResolveCaseCommand({ caseId })),
  ];
  for (const request of requests) await expect(request).rejects.toMatchObject({ name: 'CaseIdNotFound' });
  expect((await client.send(new DescribeCasesCommand({}))).cases).toEqual([]);
});

describe('events', () => {
  it('name the case, and the communication and its origin only for a communication', async () => {
    const caseId = await at.open();
    at.support.engineer.answer(caseId, '收到');
    const { displayId } = at.support.engineer.cases()[0] ?? {};
    const ids = { 'case-id': caseId, 'display-id': displayId };
    const envelope = {
      source: 'aws.support',
      'detail-type': 'Support Case Update',
      account: ACCOUNT,
      region: 'us-east-1',
    };
    const id = expect.stringMatching(/\S{36,}/);
    const answer = { 'event-name': 'AddCommunicationToCase', 'communication-id': id, origin: 'AWS' };
    expect(at.events).toEqual([
      { ...envelope, detail: { ...ids, 'event-name': 'CreateCase', 'communication-id': '', origin: '' } },
      { ...envelope, detail: { ...ids, ...answer } },
    ]);
  });

  it('get lost by the settings', async () => {
    at.support.set({ lostEvents: 1 });
    at.support.engineer.resolve(await at.open());
    expect(at.eventNames()).toEqual(['ResolveCase']);
  });
});

describe('the engineer over HTTP', () => {
  const post = (path: string, body: unknown = {}, type = 'application/json') => {
    const request = { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) };
    return fetch(`${at.support.engineerUrl}/support/cases/${path}`, request);
  };
  const list = async () => (await (await fetch(`${at.support.engineerUrl}/support/cases`)).json()) as EngineerCase[];

  it('answers, pends, resolves and reopens by case id or display id', async () => {
    const caseId = await at.open();
    const displayId = (await list())[0]?.displayId;
    const attachments = [{ fileName: '步骤.txt', data: Buffer.from('一二三').toString('base64') }];
    expect((await post(`${displayId}/answer`, { body: '请看附件 "quoted" \\', attachments })).status).toBe(204);
    expect((await post(`${caseId}/pend`)).status).toBe(204);
    const [found] = await list();
    expect(found).toMatchObject({
      account: ACCOUNT,
      caseId,
      displayId,
      subject: REQUEST.subject,
      severityCode: 'normal',
    });
    expect([found?.status, found?.communications[1]]).toEqual([
      'pending-customer-action',
      { submittedBy: 'Amazon Web Services', body: '请看附件 "quoted" \\', fileNames: ['步骤.txt'] },
    ]);
    for (const [action, status] of [
      ['resolve', 'resolved'],
      ['reopen', 'reopened'],
    ]) {
      await post(`${caseId}/${action}`);
      expect((await list())[0]?.status).toBe(status);
    }
  });

  it.each([
    ['an unknown case', () => post('case-1/answer', { body: 'x' })],
    ['an answer without a body', (id: string) => post(`${id}/answer`, { text: 'x' })],
    ['an unknown action', (id: string) => post(`${id}/delete`)],
    ['a content type that a browser form can send', (id: string) => post(`${id}/resolve`, {}, 'text/plain')],
  ])('rejects %s', async (_, send) => {
    expect((await send(await at.open())).status).toBe(400);
    expect(at.eventNames()).toEqual(['CreateCase']);
  });
});
