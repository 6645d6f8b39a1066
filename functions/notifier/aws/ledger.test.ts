import { createTokenBudget } from '@casebell/bedrock';
import { NOON } from '../entry.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';

const never = () => new AbortController().signal;
let tables: EmulatedTables;
let day = 0;
beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  day += 1;
});

const open = (most: number, at = NOON + day * 30 * 86_400_000) =>
  createTokenBudget(tables.client, tables.tables.outbox, most, () => at);

it('gives out no more tokens than a day has, however many ask at once', async () => {
  const ledger = open(1_000);
  const given = await Promise.all(Array.from({ length: 20 }, () => ledger.reserve(150, never())));
  expect(given.filter(Boolean)).toHaveLength(6);
});

it('has what was given back again', async () => {
  const ledger = open(1_000);
  expect([await ledger.reserve(900, never()), await ledger.reserve(200, never())]).toEqual([true, false]);
  await ledger.adjust(-800, never());
  expect(await ledger.reserve(200, never())).toBe(true);
});

it('begins each day anew, on the reader’s calendar', async () => {
  const midnight = new Date(2026, 4, 2 + day).valueOf();
  expect(await open(100, midnight - 1).reserve(100, never())).toBe(true);
  expect(await open(100, midnight - 1).reserve(1, never())).toBe(false);
  expect(await open(100, midnight).reserve(100, never())).toBe(true);
});

it('never gives more at once than there is in a day', async () => {
  expect(await open(100).reserve(101, never())).toBe(false);
});

it('is seen by no delivery and no sweep', async () => {
  await open(100).reserve(50, never());
  const outbox = tables.open();
  expect(await outbox.pending('model')).toEqual([]);
  expect(await outbox.destinations()).not.toContain('model');
});
