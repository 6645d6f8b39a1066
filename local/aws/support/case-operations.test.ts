import {
  AddCommunicationToCaseCommand,
  CreateCaseCommand,
  DescribeCasesCommand,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import { type Opened, openSupport, REQUEST } from './support.fixture';

let opened: Opened;

beforeEach(async () => {
  opened = await openSupport();
});

afterEach(() => opened.close());

const create = (more: object) => opened.client.send(new CreateCaseCommand({ ...REQUEST, ...more }));
const mails = (count: number) => Array.from({ length: count }, (_, index) => `person${index}@example.com`);

it('takes 8,000 characters of Chinese and ten copies', async () => {
  await create({ communicationBody: '字'.repeat(8000), ccEmailAddresses: mails(10) });
  expect(opened.support.engineer.cases()[0]?.communications[0]?.body).toHaveLength(8000);
});

it.each([
  ['ValidationException', 'no subject', { subject: undefined }],
  ['ValidationException', 'an empty subject', { subject: '' }],
  ['ValidationException', 'a subject that is too long', { subject: '字'.repeat(251) }],
  ['ValidationException', 'no body', { communicationBody: undefined }],
  ['ValidationException', 'an empty body', { communicationBody: '' }],
  ['ValidationException', 'a body that is too long', { communicationBody: '字'.repeat(8001) }],
  ['ValidationException', 'eleven copies', { ccEmailAddresses: mails(11) }],
  ['ValidationException', 'eleven uploads', { uploadIds: Array(11).fill('u') }],
  ['InvalidParameterValueException', 'a copy to no address', { ccEmailAddresses: ['王小明'] }],
  ['InvalidParameterValueException', 'a service nobody has', { serviceCode: 'amazon-ec2' }],
  ['InvalidParameterValueException', 'a category of another service', { categoryCode: 'bucket-issue' }],
  ['ValidationException', 'a service without category', { categoryCode: undefined }],
  ['ValidationException', 'a category without service', { serviceCode: undefined }],
  ['InvalidParameterValueException', 'a severity nobody has', { severityCode: 'extreme' }],
  ['InvalidParameterValueException', 'a severity above the plan', { severityCode: 'critical' }],
  ['InvalidParameterValueException', 'a language that is not spoken there', { language: 'tr' }],
  ['InvalidParameterValueException', 'an issue type nobody has', { issueType: 'account-and-billing' }],
  ['AttachmentSetIdNotFound', 'an attachment set nobody began', { attachmentSetId: 'as-1' }],
  ['UploadIdNotFound', 'an upload nobody began', { uploadIds: ['u-1'] }],
])('answers %s to %s', async (name, _, more) => {
  await expect(create(more)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  expect(opened.support.engineer.cases()).toEqual([]);
});

it('speaks more languages where the question is no technical one', async () => {
  await create({
    serviceCode: 'billing',
    categoryCode: 'invoices-and-reports',
    issueType: 'customer-service',
    language: 'fr',
  });
  expect(opened.support.engineer.cases()).toHaveLength(1);
});

it.each([
  ['developer', 'normal', 'high'],
  ['business', 'urgent', 'critical'],
] as const)('lets plan %s go up to %s and no further', async (plan, most, above) => {
  opened.support.subscribe('111122223333', plan);
  await create({ severityCode: most });
  await expect(create({ severityCode: above })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

it('opens ten cases within any hour', async () => {
  for (let number = 0; number < 10; number += 1) {
    await opened.open();
    opened.clock.now += 60_000;
  }
  await expect(create({})).rejects.toMatchObject({ name: 'CaseCreationLimitExceeded' });
  const neighbour = opened.clientOf('444455556666');
  await neighbour.send(new CreateCaseCommand(REQUEST));
  opened.clock.now += 50 * 60_000;
  await opened.open();
  await expect(create({})).rejects.toMatchObject({ name: 'CaseCreationLimitExceeded' });
});

it('does not know a case nobody opened', async () => {
  const caseId = 'case-111122223333-muzh-2026-0123456789abcdef';
  const words = new AddCommunicationToCaseCommand({ caseId, communicationBody: '你好' });
  await expect(opened.client.send(words)).rejects.toMatchObject({ name: 'CaseIdNotFound' });
  const resolve = new ResolveCaseCommand({ caseId });
  await expect(opened.client.send(resolve)).rejects.toMatchObject({ name: 'CaseIdNotFound' });
});

it('says after a dry run that it would have been permitted, and has done nothing', async () => {
  const caseId = await opened.open();
  const dry = [
    create({ dryRun: true }),
    opened.client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody: '试', dryRun: true })),
    opened.client.send(new ResolveCaseCommand({ caseId, dryRun: true })),
    opened.client.send(new DescribeCasesCommand({ dryRun: true })),
  ];
  for (const run of dry) await expect(run).rejects.toMatchObject({ name: 'DryRunOperationException' });
  expect(opened.support.engineer.cases()).toMatchObject([{ status: 'unassigned', communications: [{}] }]);
  expect(opened.told()).toEqual(['CreateCase']);
});

it('answers to a dry run of a wrong request what is wrong', async () => {
  const wrong = create({ dryRun: true, serviceCode: 'amazon-ec2' });
  await expect(wrong).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});
