import {
  AddCommunicationToCaseCommand,
  DescribeCasesCommand,
  DescribeCommunicationsCommand,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import { ACCOUNT, type Opened, openSupport, REQUEST } from './support.fixture';

let opened: Opened;

beforeEach(async () => {
  opened = await openSupport();
});

afterEach(() => opened.close());

const say = (caseId: string, communicationBody: string, more = {}) =>
  opened.client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody, ...more }));
const resolve = (caseId: string) => opened.client.send(new ResolveCaseCommand({ caseId }));
const find = async (caseId: string, more = {}) => {
  const input = { caseIdList: [caseId], includeResolvedCases: true, ...more };
  const { cases = [] } = await opened.client.send(new DescribeCasesCommand(input));
  return cases[0];
};

it('opens a case and shows all that was said about it', async () => {
  const caseId = await opened.open({ ccEmailAddresses: ['ops@example.com'] });
  expect(caseId).toMatch(/^case-111122223333-muzh-2026-[0-9a-f]{16}$/);
  const found = await find(caseId);
  expect(found).toEqual({
    caseId,
    displayId: expect.stringMatching(/^\d{9,13}$/),
    subject: REQUEST.subject,
    status: 'unassigned',
    serviceCode: REQUEST.serviceCode,
    categoryCode: REQUEST.categoryCode,
    severityCode: 'normal',
    submittedBy: `aws+${ACCOUNT}@example.com`,
    timeCreated: '2026-11-20T08:00:00.000Z',
    ccEmailAddresses: ['ops@example.com'],
    language: 'zh',
    recentCommunications: {
      communications: [
        {
          caseId,
          body: REQUEST.communicationBody,
          submittedBy: `Casebell (Role) <aws+${ACCOUNT}@example.com>`,
          timeCreated: '2026-11-20T08:00:00.000Z',
          attachments: [],
          attachmentSet: [],
        },
      ],
    },
  });
});

it('needs a subject and a body only', async () => {
  const nothing = { serviceCode: undefined, categoryCode: undefined, severityCode: undefined, language: undefined };
  const found = await find(await opened.open(nothing));
  expect(found).toMatchObject({ serviceCode: 'general-info', categoryCode: 'using-aws', language: 'en' });
});

it('shows the newest communication first', async () => {
  const caseId = await opened.open();
  expect(await say(caseId, '第二条')).toMatchObject({ result: true });
  opened.support.engineer.answer(caseId, 'We are looking into it.');
  const { communications } = await opened.client.send(new DescribeCommunicationsCommand({ caseId }));
  expect(communications?.map(({ body, submittedBy }) => [body, submittedBy])).toEqual([
    ['We are looking into it.', 'Amazon Web Services'],
    ['第二条', `Casebell (Role) <aws+${ACCOUNT}@example.com>`],
    [REQUEST.communicationBody, `Casebell (Role) <aws+${ACCOUNT}@example.com>`],
  ]);
});

it('hides a resolved case unless it is asked for, and says what it was before', async () => {
  const caseId = await opened.open();
  expect(await resolve(caseId)).toMatchObject({ initialCaseStatus: 'unassigned', finalCaseStatus: 'resolved' });
  expect(await resolve(caseId)).toMatchObject({ initialCaseStatus: 'resolved', finalCaseStatus: 'resolved' });
  expect(await find(caseId, { includeResolvedCases: false })).toBeUndefined();
  expect((await find(caseId))?.status).toBe('resolved');
});

it('reopens a resolved case with the next communication', async () => {
  const caseId = await opened.open();
  await resolve(caseId);
  await say(caseId, '还是不行');
  expect((await find(caseId, { includeResolvedCases: false }))?.status).toBe('reopened');
  expect(opened.told()).toEqual(['CreateCase', 'ResolveCase', 'AddCommunicationToCase', 'ReopenCase']);
});

it('goes back and forth between the customer and AWS', async () => {
  const caseId = await opened.open();
  const { engineer } = opened.support;
  engineer.answer(caseId, 'Which Region?');
  expect((await find(caseId))?.status).toBe('work-in-progress');
  engineer.pend(caseId);
  expect((await find(caseId))?.status).toBe('pending-customer-action');
  await say(caseId, 'cn-north-1');
  expect((await find(caseId))?.status).toBe('customer-action-completed');
});

it('keeps accounts apart', async () => {
  const caseId = await opened.open();
  const stranger = opened.clientOf('999999999999');
  expect((await stranger.send(new DescribeCasesCommand({}))).cases).toEqual([]);
  for (const command of [
    new DescribeCasesCommand({ caseIdList: [caseId] }),
    new DescribeCommunicationsCommand({ caseId }),
    new AddCommunicationToCaseCommand({ caseId, communicationBody: 'hello' }),
    new ResolveCaseCommand({ caseId }),
  ] as const) {
    await expect(stranger.send(command as ResolveCaseCommand)).rejects.toMatchObject({ name: 'CaseIdNotFound' });
  }
  expect((await find(caseId))?.status).toBe('unassigned');
});

it('adds whoever gets a copy of one communication to the case', async () => {
  const caseId = await opened.open({ ccEmailAddresses: ['a@example.com'] });
  await say(caseId, 'b too', { ccEmailAddresses: ['b@example.com', 'a@example.com'] });
  expect((await find(caseId))?.ccEmailAddresses).toEqual(['a@example.com', 'b@example.com']);
});

it('keeps no private key and no card number', async () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----';
  const caseId = await opened.open({ communicationBody: `密钥 ${key}，卡号 4111-1111-1111-7016。` });
  const [first] = (await find(caseId))?.recentCommunications?.communications ?? [];
  expect(first?.body).toBe('密钥 [REDACTED_BY_AWS]，卡号 [REDACTED_BY_AWS]-7016。');
});
