import {
  AddCommunicationToCaseCommand,
  type CaseDetails,
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  DescribeCommunicationsCommand,
  type DescribeCommunicationsCommandInput,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import { type Opened, openSupport, START } from './support.fixture';

let opened: Opened;

beforeEach(async () => {
  opened = await openSupport({ settings: { casesPerHour: 1000 } });
});

afterEach(() => opened.close());

const list = (input: DescribeCasesCommandInput = {}) => opened.client.send(new DescribeCasesCommand(input));
const read = (input: DescribeCommunicationsCommandInput) =>
  opened.client.send(new DescribeCommunicationsCommand(input));
const say = (caseId: string, communicationBody: string) =>
  opened.client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody }));
const subjects = (cases: CaseDetails[] | undefined) => cases?.map(({ subject }) => subject);

async function openMany(count: number, from = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let number = from; number < from + count; number += 1) ids.push(await opened.open({ subject: `案例${number}` }));
  return ids;
}

it('lists the newest first, ten unless more are asked for', async () => {
  await openMany(12);
  const few = await list();
  expect(subjects(few.cases)?.slice(0, 2)).toEqual(['案例12', '案例11']);
  expect(few.cases).toHaveLength(10);
  const many = await list({ maxResults: 100 });
  expect(many.cases).toHaveLength(12);
  expect(many.nextToken).toBeUndefined();
});

it('shows every case once while others are opened between two pages', async () => {
  await openMany(25);
  const seen: (string | undefined)[] = [];
  let nextToken: string | undefined;
  do {
    const page = await list({ maxResults: 10, nextToken });
    seen.push(...(subjects(page.cases) ?? []));
    nextToken = page.nextToken;
    await openMany(1, 100);
  } while (nextToken);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `案例${25 - index}`));
});

it('finds by id and by display id, without the communications if nobody wants them', async () => {
  const [first = '', , third = ''] = await openMany(3);
  expect(subjects((await list({ caseIdList: [first, third] })).cases)).toEqual(['案例3', '案例1']);
  const displayId = (await list({ caseIdList: [first] })).cases?.[0]?.displayId;
  const { cases } = await list({ displayId, includeCommunications: false });
  expect(subjects(cases)).toEqual(['案例1']);
  expect(cases?.[0]?.recentCommunications).toBeUndefined();
  expect((await list({ displayId: '1' })).cases).toEqual([]);
});

it('picks by the time a case was opened and by its language', async () => {
  await openMany(1);
  opened.clock.now += 60_000;
  await opened.open({ subject: 'English', language: 'en' });
  const between = new Date(START + 30_000).toISOString();
  expect(subjects((await list({ afterTime: between })).cases)).toEqual(['English']);
  expect(subjects((await list({ beforeTime: between })).cases)).toEqual(['案例1']);
  expect(subjects((await list({ afterTime: '2026-11-20' })).cases)).toHaveLength(2);
  expect(subjects((await list({ language: 'zh' })).cases)).toEqual(['案例1']);
});

it('shows the last five communications with a token for those before', async () => {
  const caseId = await opened.open({ communicationBody: '0' });
  for (const number of [1, 2, 3, 4, 5, 6]) await say(caseId, String(number));
  const [found] = (await list()).cases ?? [];
  const { communications = [], nextToken } = found?.recentCommunications ?? {};
  expect(communications.map(({ body }) => body)).toEqual(['6', '5', '4', '3', '2']);
  const rest = await read({ caseId, nextToken });
  expect(rest.communications?.map(({ body }) => body)).toEqual(['1', '0']);
});

it('pages through communications while others are written', async () => {
  const caseId = await opened.open({ communicationBody: '0' });
  for (let number = 1; number <= 14; number += 1) await say(caseId, String(number));
  const first = await read({ caseId, maxResults: 10 });
  await say(caseId, 'meanwhile');
  const second = await read({ caseId, maxResults: 10, nextToken: first.nextToken });
  const bodies = [...(first.communications ?? []), ...(second.communications ?? [])].map(({ body }) => body);
  expect(bodies).toEqual(Array.from({ length: 15 }, (_, index) => String(14 - index)));
  expect(second.nextToken).toBeUndefined();
});

it('picks communications by time', async () => {
  const caseId = await opened.open({ communicationBody: 'old' });
  opened.clock.now += 60_000;
  await say(caseId, 'new');
  const afterTime = new Date(START + 1).toISOString();
  expect((await read({ caseId, afterTime })).communications?.map(({ body }) => body)).toEqual(['new']);
  expect((await read({ caseId, beforeTime: afterTime })).communications?.map(({ body }) => body)).toEqual(['old']);
});

it('shows what was written only after the lag, while acts work at once', async () => {
  const caseId = await opened.open();
  opened.clock.now += 1;
  opened.support.lag(5000);
  await expect(list({ caseIdList: [caseId] })).rejects.toMatchObject({ name: 'CaseIdNotFound' });
  expect((await list()).cases).toEqual([]);
  opened.clock.now += 5000;
  await say(caseId, '看得见吗');
  await opened.client.send(new ResolveCaseCommand({ caseId }));
  const before = (await list({ caseIdList: [caseId] })).cases?.[0];
  expect(before?.status).toBe('unassigned');
  expect(before?.recentCommunications?.communications).toHaveLength(1);
  opened.clock.now += 5000;
  const after = (await list({ caseIdList: [caseId], includeResolvedCases: true })).cases?.[0];
  expect(after?.status).toBe('resolved');
  expect((await read({ caseId })).communications).toHaveLength(2);
});

it.each([
  ['ValidationException', { maxResults: 9 }],
  ['ValidationException', { maxResults: 101 }],
  ['ValidationException', { caseIdList: Array(101).fill('case-1') }],
  ['CaseIdNotFound', { caseIdList: ['case-111122223333-muzh-2026-0123456789abcdef'] }],
  ['InvalidParameterValueException', { nextToken: 'guess' }],
  ['InvalidParameterValueException', { afterTime: 'yesterday' }],
])('answers %s to %j', async (name, input) => {
  await expect(list(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
});
