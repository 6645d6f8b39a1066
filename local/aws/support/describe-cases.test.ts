import {
  AddCommunicationToCaseCommand,
  type CaseDetails,
  type Communication,
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  DescribeCommunicationsCommand,
  type DescribeCommunicationsCommandInput,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import { openSupport, START, type TestSupport } from './support.fixture';

let at: TestSupport;

beforeEach(async () => {
  at = await openSupport({ settings: { casesPerHour: 1000 } });
});

afterEach(() => at.close());

const list = (input: DescribeCasesCommandInput = {}) => at.client.send(new DescribeCasesCommand(input));
const read = (input: DescribeCommunicationsCommandInput) => at.client.send(new DescribeCommunicationsCommand(input));
const add = (caseId: string, communicationBody: string) =>
  at.client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody }));
const subjects = ({ cases }: { cases?: CaseDetails[] }) => cases?.map(({ subject }) => subject);
const bodies = ({ communications }: { communications?: Communication[] }) => communications?.map(({ body }) => body);
/** The numbers from `first` down to `last`. */
const down = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, index) => first - index);

async function openMany(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) ids.push(await at.open({ subject: `案例${number}` }));
  return ids;
}

describe('DescribeCases', () => {
  it('returns the newest cases first, ten by default', async () => {
    await openMany(12);
    expect(subjects(await list())).toEqual(down(12, 3).map((number) => `案例${number}`));
    const all = await list({ maxResults: 100 });
    expect([all.cases?.length, all.nextToken]).toEqual([12, undefined]);
  });

  it('returns every case once while others are opened between two pages', async () => {
    await openMany(25);
    const seen: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await list({ maxResults: 10, nextToken });
      seen.push(...(subjects(page) ?? []));
      nextToken = page.nextToken;
      await at.open({ subject: 'meanwhile' });
    } while (nextToken);
    expect(seen).toEqual(down(25, 1).map((number) => `案例${number}`));
  });

  it('finds by id and by display id, without communications on request', async () => {
    const [first = '', , third = ''] = await openMany(3);
    expect(subjects(await list({ caseIdList: [first, third] }))).toEqual(['案例3', '案例1']);
    const displayId = (await list({ caseIdList: [first] })).cases?.[0]?.displayId;
    const found = await list({ displayId, includeCommunications: false });
    expect([subjects(found), found.cases?.[0]?.recentCommunications]).toEqual([['案例1'], undefined]);
    expect((await list({ displayId: '1' })).cases).toEqual([]);
  });

  it('filters by the time of opening and by language', async () => {
    await openMany(1);
    at.clock.now += 60_000;
    await at.open({ subject: 'English', language: 'en' });
    const between = new Date(START + 30_000).toISOString();
    expect(subjects(await list({ afterTime: between }))).toEqual(['English']);
    expect(subjects(await list({ beforeTime: between }))).toEqual(['案例1']);
    expect(subjects(await list({ afterTime: '2026-11-20' }))).toHaveLength(2);
    expect(subjects(await list({ language: 'zh' }))).toEqual(['案例1']);
  });

  it('returns the last five communications with a token for the older ones', async () => {
    const caseId = await at.open({ communicationBody: '0' });
    for (const number of [1, 2, 3, 4, 5, 6]) await add(caseId, String(number));
    const recent = (await list()).cases?.[0]?.recentCommunications ?? {};
    expect(bodies(recent)).toEqual(['6', '5', '4', '3', '2']);
    expect(bodies(await read({ caseId, nextToken: recent.nextToken }))).toEqual(['1', '0']);
  });

  it.each([
    ['ValidationException', { maxResults: 9 }],
    ['ValidationException', { maxResults: 101 }],
    ['ValidationException', { caseIdList: Array(101).fill('case-1') }],
    ['CaseIdNotFound', { caseIdList: ['case-111122223333-muzh-2026-0123456789abcdef'] }],
    ['InvalidParameterValueException', { nextToken: 'guess' }],
    ['InvalidParameterValueException', { afterTime: 'yesterday' }],
  ])('rejects with %s: %j', async (name, input) => {
    await expect(list(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });
});

describe('DescribeCommunications', () => {
  it('returns every communication once while others are written between two pages', async () => {
    const caseId = await at.open({ communicationBody: '0' });
    for (let number = 1; number <= 14; number += 1) await add(caseId, String(number));
    const first = await read({ caseId, maxResults: 10 });
    await add(caseId, 'meanwhile');
    const second = await read({ caseId, maxResults: 10, nextToken: first.nextToken });
    expect([...(bodies(first) ?? []), ...(bodies(second) ?? [])]).toEqual(down(14, 0).map(String));
    expect(second.nextToken).toBeUndefined();
  });

  it('filters by time', async () => {
    const caseId = await at.open({ communicationBody: 'old' });
    at.clock.now += 60_000;
    await add(caseId, 'new');
    const time = new Date(START + 1).toISOString();
    expect(bodies(await read({ caseId, afterTime: time }))).toEqual(['new']);
    expect(bodies(await read({ caseId, beforeTime: time }))).toEqual(['old']);
  });
});

it('shows what was written only after the lag, while writes have their effect at once', async () => {
  const caseId = await at.open();
  at.clock.now += 1;
  at.support.lag(5000);
  await expect(list({ caseIdList: [caseId] })).rejects.toMatchObject({ name: 'CaseIdNotFound' });
  at.clock.now += 5000;
  await add(caseId, '看得见吗');
  await at.client.send(new ResolveCaseCommand({ caseId }));
  const before = (await list({ caseIdList: [caseId] })).cases?.[0];
  expect([before?.status, before?.recentCommunications?.communications?.length]).toEqual(['unassigned', 1]);
  at.clock.now += 5000;
  const after = (await list({ caseIdList: [caseId], includeResolvedCases: true })).cases?.[0];
  expect([after?.status, (await read({ caseId })).communications?.length]).toEqual(['resolved', 2]);
});
