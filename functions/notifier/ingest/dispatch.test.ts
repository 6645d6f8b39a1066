import { entryNamed, many, NOON } from '../entry.fixture';
import { EC2 } from '../envelopes.fixture';
import { batch, EVENTS, notifierOf, refusing, WAKES } from '../notifier.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';
import { dispatchInvocation } from './receive';

const SECOND = 1_000;
const WAKE_QUEUE = 'stack-DeliveryQueue-1';

let tables: EmulatedTables;
let office: TestDeps;
let one: Team;
let other: Team;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  office = createTestDeps(tables.open);
  [one, other] = [await openTeam('dingtalk', office), await openTeam('wecom', office)];
});
afterEach(closeRooms);

const notifier = () => notifierOf(office, () => [one.destination, other.destination]);
const invoke = (input: unknown, remainingMs = 60 * SECOND, to = notifier()) =>
  dispatchInvocation(input, to, { requestId: 'request-1', remainingMs, deliveryQueue: WAKE_QUEUE });
const wakeUp = (...teams: Team[]) =>
  batch(
    teams.map(({ destination }) => JSON.stringify({ destination: destination.id })),
    WAKES,
  );
const told = () => [one.told(), other.told()];

it('tells the teams at once what came in by the queue', async () => {
  expect(await invoke(batch([JSON.stringify(EC2), 'disk full']))).toEqual({ batchItemFailures: [] });
  expect([told(), office.metrics.flushes]).toEqual([[2, 2], 1]);
});

it('tells what could be stored, and has the rest come again', async () => {
  const to = { ...notifier(), outbox: refusing(office.outbox, ['bad']) };
  expect(await invoke(batch(['bad', 'good']), undefined, to)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'id-0' }],
  });
  expect(told()).toEqual([1, 1]);
});

it('takes any event directly, and answers nothing', async () => {
  expect(await invoke(EC2)).toBeUndefined();
  expect(told()).toEqual([1, 1]);
});

it('fails when nothing could be stored, and writes its metrics nevertheless', async () => {
  const to = { ...notifier(), outbox: refusing(office.outbox, ['bad']) };
  await expect(invoke('bad', undefined, to)).rejects.toThrow('refused bad');
  await expect(invoke(batch(['bad']), undefined, to)).rejects.toThrow('refused bad');
  expect(office.metrics.flushes).toBe(2);
});

it('never keeps the next batch of the queue waiting for a platform’s pace', async () => {
  await invoke(batch(many(7, (index) => `event ${index}`)));
  expect([told(), office.clock.slept, office.clock.time]).toEqual([[6, 6], [], NOON]);
  expect(office.queues.wakes.map(({ destination }) => destination).sort()).toEqual(
    [one.destination.id, other.destination.id].sort(),
  );
});

it('delivers to the teams that are woken, sleeping where it has to, and to no other', async () => {
  for (const team of [one, other]) await team.put(...many(7, (index) => entryNamed(`${index}`)));
  expect(await invoke(wakeUp(one))).toBeUndefined();
  expect([told(), office.clock.slept]).toEqual([[7, 0], [5 * SECOND]]);
  await invoke(wakeUp(one, other, other));
  expect(told()).toEqual([7, 7]);
});

it('begins no message in the last quarter of its time, and leaves a wake-up for it', async () => {
  await one.put(...many(7, (index) => entryNamed(`${index}`)));
  await invoke(wakeUp(one), 6 * SECOND);
  expect([told(), office.clock.slept, office.queues.wakes.length]).toEqual([[6, 0], [], 1]);
});

it('is not troubled by a wake-up for a team that is no more', async () => {
  const gone = batch([JSON.stringify({ destination: 'room-gone' })], WAKES);
  expect(await invoke(gone)).toBeUndefined();
  expect(told()).toEqual([0, 0]);
});

it('takes nothing for a wake-up or a sweep that comes over the event queue: it is told', async () => {
  const forged = [JSON.stringify({ destination: one.destination.id }), JSON.stringify({ casebell: 'sweep' })];
  expect(await invoke(batch(forged, EVENTS))).toEqual({ batchItemFailures: [] });
  expect([told(), office.metrics.values.OldestPendingEventAge ?? []]).toEqual([[2, 2], []]);
});

it('sweeps when the schedule says so', async () => {
  await one.put(entryNamed('left behind'));
  expect(await invoke({ casebell: 'sweep' })).toBeUndefined();
  expect([told(), office.metrics.values.OldestPendingEventAge ?? [], office.metrics.flushes]).toEqual([[1, 0], [0], 1]);
});
