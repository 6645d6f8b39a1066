import { entryNamed, many, NOON } from '../entry.fixture';
import { notifierOf } from '../notifier.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';
import { sweep } from './deliver';
import type { Destination } from './deps';
import { INITIAL_STATE } from './state';

const SECOND = 1_000;

let tables: EmulatedTables;
let office: TestDeps;
let team: Team;
let gone: Team;

/** A sweep looks at all destinations there are, so every test has tables of its own. */
beforeEach(async () => {
  tables = await emulateTables();
  office = createTestDeps(tables.open);
  [team, gone] = [await openTeam('dingtalk', office), await openTeam('slack', office)];
});
afterEach(async () => {
  await closeRooms();
  await tables.close();
});

const run = (teams: readonly Destination[] = [team.destination], notifier = notifierOf(office, () => teams)) =>
  sweep(notifier, {
    canSleep: false,
    startBefore: office.clock.time + 3 * SECOND,
    deadline: office.clock.time + 60 * SECOND,
  });
/** It was told something once. */
const known = ({ destination }: Team) => office.outbox.saveState(destination.id, INITIAL_STATE);

it('goes on with event waits, though nobody was woken', async () => {
  await team.put(entryNamed('left behind'));
  await run();
  expect(team.told()).toBe(1);
});

it('goes on with event a process has begun that died', async () => {
  const entry = entryNamed('begun');
  await team.put(entry);
  const message = {
    id: entry.key,
    keys: [entry.key],
    card: entry.card,
    form: 'card',
    part: 0,
    rejectionCount: 0,
  } as const;
  await office.outbox.saveState(team.destination.id, { ...INITIAL_STATE, message, leaseExpiresAt: NOON + 60 * SECOND });
  await run();
  expect(team.asked).toEqual([]);
  office.clock.time += 60 * SECOND;
  await run();
  expect(team.told()).toBe(1);
});

it('says how long the event that has waited longest has been waiting, and nothing when none has', async () => {
  await run();
  await office.outbox.saveState(team.destination.id, { ...INITIAL_STATE, backoffUntil: NOON + 600 * SECOND });
  await team.put(
    entryNamed('a', { enqueuedAt: NOON - 42 * SECOND }),
    entryNamed('b', { enqueuedAt: NOON - 90 * SECOND }),
  );
  await run([team.destination, gone.destination]);
  office.clock.time += 60 * SECOND;
  await run([team.destination, gone.destination]);
  expect(office.metrics.values.OldestPendingEventAge ?? []).toEqual([0, 90, 150]);
});

it('buries event waits for a webhook that was taken out, and says so', async () => {
  const entries = many(5, (index) => entryNamed(`${index}`));
  await Promise.all([known(gone), gone.put(...entries), team.put(entryNamed('mine'))]);
  await run();
  expect(office.queues.letters.map(({ entry }) => entry.key).sort()).toEqual(entries.map(({ key }) => key));
  const { id } = gone.destination;
  const letter = { destination: id, platform: 'removed', reason: expect.stringMatching(/removed from the stack/) };
  expect(office.queues.letters[0]).toMatchObject(letter);
  expect([team.told(), gone.told(), gone.asked, office.metrics.values.OldestPendingEventAge ?? []]).toEqual([
    1,
    0,
    [],
    [0],
  ]);
});

it('buries nothing when nothing waits for a webhook that was taken out', async () => {
  await known(gone);
  await run();
  expect(office.queues.letters).toEqual([]);
});

it('tries again to bury event could not be', async () => {
  await Promise.all([known(gone), gone.put(entryNamed('a'))]);
  const sendToDlq = () => Promise.reject(new Error('no queue'));
  await run(undefined, { ...notifierOf(office, () => [team.destination]), queues: { ...office.queues, sendToDlq } });
  expect(office.log.lines.map(({ event }) => event)).toContain('delivery.interrupted');
  office.clock.time += 62 * SECOND;
  await run();
  expect(office.queues.letters).toHaveLength(1);
});

it('reads the secret again before it takes a webhook for one that was taken out', async () => {
  await Promise.all([known(gone), gone.put(entryNamed('for the new one'))]);
  const notifier = notifierOf(office, () => [team.destination]);
  const destinations = async (fresh = false) => {
    await notifier.destinations(fresh);
    return fresh ? [team.destination, gone.destination] : [team.destination];
  };
  await run(undefined, { ...notifier, destinations });
  expect([gone.told(), office.queues.letters, notifier.fresh]).toEqual([1, [], [false, true]]);
});

it('does not read the secret every minute when it knows everybody', async () => {
  await known(team);
  const notifier = notifierOf(office, () => [team.destination]);
  await run(undefined, notifier);
  expect(notifier.fresh).toEqual([false]);
});
