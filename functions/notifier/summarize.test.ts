import type { AwsEvent } from '../../plugins/formatter';
import { cardIn, described, fresh, type ModelWishes, read, summarizeIn } from './model.fixture';
import { createTestDeps, type TestDeps } from './office.fixture';
import { type EmulatedTables, emulateTables } from './outbox/dynamodb.fixture';

/** In real ms: what an invocation may wait, in most of these tests. */
const BOX = 1_200;

let tables: EmulatedTables;
let office: TestDeps;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open, 'zh-CN');
  tables.aws.bedrock.behave('extractive');
});
afterEach(() => tables.aws.setFault('bedrock', undefined));

const cardOf = (event: AwsEvent, wishes?: ModelWishes, summarize = summarizeIn(office, tables, wishes)) =>
  cardIn(office, event, { summarize, modelDeadline: office.clock.now() + BOX });
const plain = (event: AwsEvent) => cardIn(office, event, {});

it('puts what an event comes to above its card, which stays as it was', async () => {
  const event = fresh(read('health-scheduled-change-many-instances'));
  const { summary, ...card } = await cardOf(event);
  expect(summary).toEqual({
    label: 'AI 摘要',
    value: expect.stringMatching(/^AWS 通知了以下事件：.*2026-09-30 02:00:00 UTC\+08:00.*111122223333/),
  });
  expect(card).toEqual(await plain(event));
  expect(office.metrics.counts).toMatchObject({ SummariesShown: 1 });
  expect(office.metrics.values.ModelLatency).toEqual([0]);
});

it('logs what it cost and nothing that was said', async () => {
  const { summary } = await cardOf(fresh(read('health-issue-open')));
  const logged = JSON.stringify(office.log.lines);
  expect(logged).toMatch(/"model.asked".*"tokens":\d+/);
  expect(logged).not.toContain(summary?.value.slice(0, 12));
});

it.each([
  ['hang', 'timeout'],
  ['throttle', 'throttled'],
  ['denied', 'denied'],
  ['end-of-life', 'unknown-model'],
  ['unavailable', 'failed'],
  ['broken', 'failed'],
  ['garbage', 'malformed'],
  ['empty', 'empty'],
  ['blank', 'empty'],
  ['refuse', 'refused'],
  ['guardrail', 'refused'],
  ['cut-off', 'cut-off'],
  ['hallucinated-id', 'id'],
  ['hallucinated-url', 'url'],
  ['hallucinated-account', 'account'],
  ['dropped-deadline', 'deadline'],
  ['wrong-language', 'language'],
  ['markup', 'markup'],
  ['confess', 'markup'],
] as const)('leaves the card as it is, and is on time, when the model answers with %s', async (manner, reason) => {
  tables.aws.bedrock.behave(manner);
  const event = fresh(read('health-scheduled-change-many-instances'));
  const began = performance.now();
  const card = await cardOf(event);
  expect(performance.now() - began).toBeLessThan(BOX + 1_500);
  expect(card).toEqual(await plain(event));
  expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual([reason]);
});

it('leaves the card as it is when there is no such model', async () => {
  const event = fresh(read('health-issue-open'));
  expect(await cardOf(event, { id: 'amazon.nova-huge-v1:0' })).toEqual(await plain(event));
  expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual(['unknown-model']);
});

it('does not summarise what is read faster than its summary, nor what nobody but us has said', async () => {
  await cardOf(read('ec2-stopped'));
  await cardOf(read('backup-job-failed'));
  expect(office.metrics.values).toEqual({});
  expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual([]);
});

it('asks for no more than three at a time: a storm is told in digests', async () => {
  tables.aws.bedrock.behave('extractive', 100);
  const summarize = summarizeIn(office, tables);
  const events = [1, 2, 3, 4, 5].map(() => fresh(read('health-issue-open')));
  const cards = await Promise.all(events.map((event) => cardOf(event, {}, summarize)));
  expect(cards.filter(({ summary }) => summary)).toHaveLength(3);
  expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual(['crowd', 'crowd']);
});

describe('news of the same', () => {
  const asked = () => tables.aws.bedrock.requests.length;

  it('within ten minutes takes over what was said when it says the same, and asks nobody', async () => {
    const event = fresh(read('health-backup-region-copy'));
    const { summary } = await cardOf(event);
    const before = asked();
    expect((await cardOf({ ...event, id: 'again' })).summary).toEqual(summary);
    expect(asked()).toBe(before);
  });

  it('waits for what another is asking just now', async () => {
    tables.aws.bedrock.behave('extractive', 100);
    const event = fresh(read('health-issue-open'));
    // Looks for real, and not all at once.
    office.clock.sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms / 6));
    const before = asked();
    const [one, other] = await Promise.all([cardOf(event), cardOf(event)]);
    expect(one.summary).toBeDefined();
    expect(other.summary).toEqual(one.summary);
    expect(asked()).toBe(before + 1);
  });

  it('that says something else goes without, until ten minutes have passed', async () => {
    const event = fresh(read('health-issue-open'));
    const news = { ...event, detail: { ...Object(event.detail), ...described('The issue now affects all zones.') } };
    await cardOf(event);
    expect((await cardOf(news)).summary).toBeUndefined();
    expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual(['told-lately']);
    office.clock.time += 600_001;
    expect((await cardOf(news)).summary).toBeDefined();
  });
});

it('goes without when its books cannot be kept, or not in time', async () => {
  const event = fresh(read('health-issue-open'));
  await tables.aws.setFault('dynamodb', { kind: 'slow', ms: BOX + 300, operation: 'PutItem', times: 1 });
  const card = await cardOf(event);
  await tables.aws.setFault('dynamodb', undefined);
  expect(card.summary).toBeUndefined();
  expect((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason)).toEqual(['timeout']);
  // What was left behind comes to its end.
  await new Promise((resolve) => setTimeout(resolve, 800));
});
