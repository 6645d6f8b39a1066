import { removedDestination } from './delivery/destinations';
import { many } from './entry.fixture';
import { dispatchInvocation } from './ingest/receive';
import { FORMATTERS, fresh, read, summarizeIn } from './model.fixture';
import { batch, notifierOf } from './notifier.fixture';
import { createTestDeps, type TestDeps } from './office.fixture';
import { type EmulatedTables, emulateTables, newDestination } from './outbox/dynamodb.fixture';

/** In ms, of the invocation: the model may have a quarter of it. */
const REMAINING = 4_000;

let tables: EmulatedTables;
let office: TestDeps;
let destination: string;
beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open, 'zh-CN');
  destination = newDestination();
  tables.aws.bedrock.behave('hang');
});

const events = (count: number) => many(count, () => fresh(read('health-issue-open')));

/** How long an invocation took, in real ms; event it could not tell is refused by a destination that is gone. */
async function took(input: unknown): Promise<number> {
  const notifier = {
    ...notifierOf(office, () => [removedDestination(destination)]),
    formatters: FORMATTERS,
    summarize: summarizeIn(office, tables),
  };
  const began = performance.now();
  await dispatchInvocation(input, notifier, { remainingMs: REMAINING, deliveryQueue: 'wake' });
  return performance.now() - began;
}
const leftOut = () => office.log.lines.filter((line) => 'kind' in line && line.kind === 'event').length;
const stored = () => office.log.lines.filter(({ event }) => event === 'event.stored').length;

it('lets all ten events of a batch wait for a model that hangs as long as one', async () => {
  expect(await took(batch(events(10).map((event) => JSON.stringify(event))))).toBeLessThan(2_500);
  expect([stored(), leftOut() >= 10]).toEqual([10, true]);
});

it('does so, too, when they come in one message', async () => {
  // One after the other: the clock of this test stands still, so each is given event is left of real time.
  const began = performance.now();
  const start = office.clock.time;
  office.clock.now = () => start + Math.floor(performance.now() - began);
  expect(await took(batch([JSON.stringify(events(6))]))).toBeLessThan(2_500);
  expect([stored(), new Set((office.metrics.dimensions.SummariesDropped ?? []).map(({ reason }) => reason))]).toEqual([
    6,
    new Set(['timeout']),
  ]);
});

it('waits for a model no longer than for a quarter of event is left of an invocation', async () => {
  const long = await took(events(1)[0]);
  expect(long).toBeGreaterThan(900);
  expect(long).toBeLessThan(2_000);
});
