import {
  AddCommunicationToCaseCommand,
  type CaseDetails,
  type Communication,
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  DescribeCommunicationsCommand,
  type DescribeCommunicationsCommandInput,
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

  it('filters by the time of opening', async () => {
    await openMany(1);
    at.clock.now += 60_000;
    await at.open({ subject: 'English', language: 'en' });
    const between = new Date(START + 30_000).toISOString();
    expect(subjects(await list({ afterTime: between }))).toEqual(['English']);
    expect(subjects(await list({ beforeTime: between }))).toEqual(['案例1']);
    expect(subjects(await list({ afterTime: '2026-11-20' }))).toHaveLength(2);
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

describe('DescribeCommunications', () => {});
