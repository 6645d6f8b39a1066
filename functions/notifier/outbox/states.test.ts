import { type DestinationState, INITIAL_STATE } from '../delivery/state';
import { cardNamed, many } from '../entry.fixture';
import { type EmulatedTables, emulateTables, newDestination } from './dynamodb.fixture';
import type { Outbox } from './outbox';

let world: EmulatedTables;
let outbox: Outbox;
let room: string;

beforeAll(async () => {
  world = await emulateTables();
  outbox = world.open();
});
afterAll(() => world.close());
beforeEach(() => {
  room = newDestination();
});
afterEach(() => world.aws.setFault('dynamodb', undefined));

const failing = (failures: number, standing: DestinationState = INITIAL_STATE): DestinationState => ({
  ...standing,
  failures,
});

it('stands untouched where nothing was ever saved', async () => {
  expect(await outbox.readState(room)).toEqual(INITIAL_STATE);
});

it('comes back as it was saved, one version on', async () => {
  const message = {
    id: 'm',
    keys: ['a', '告'],
    card: cardNamed('告警'),
    form: 'plain',
    part: 2,
    rejectionCount: 0,
  } as const;
  const standing = { ...INITIAL_STATE, buckets: [1.5, 2], wakeUpScheduledFor: 9, message };
  const saved = await outbox.saveState(room, standing);
  expect(saved).toEqual({ ...standing, version: 1 });
  expect(await outbox.readState(room)).toEqual(saved);
});

it('is not saved by whoever has read an older one', async () => {
  const first = await outbox.saveState(room, failing(1));
  expect(await outbox.saveState(room, failing(2))).toBeUndefined();
  expect(await outbox.readState(room)).toEqual(first);
});

it('is saved by exactly one of twenty who race, version after version', async () => {
  for (let version = 0; version < 10; version += 1) {
    const read = await outbox.readState(room);
    expect(read.version).toBe(version);
    const saves = await Promise.all(many(20, (racer) => outbox.saveState(room, failing(racer, read))));
    const winners = saves.filter((saved) => saved !== undefined);
    expect(winners).toHaveLength(1);
    expect(await outbox.readState(room)).toEqual(winners[0]);
  }
});

it('is ours when only the answer was lost, and the SDK’s second try has met the first', async () => {
  await outbox.saveState(room, failing(1));
  await world.aws.setFault('dynamodb', { kind: 'lost', times: 1, operation: 'PutItem' });
  const saved = await outbox.saveState(room, failing(2, await outbox.readState(room)));
  expect(saved).toMatchObject({ version: 2, failures: 2 });
  expect(await outbox.readState(room)).toEqual(saved);
});

it('is still not ours when the answer that was lost was a no', async () => {
  const read = await outbox.readState(room);
  await outbox.saveState(room, failing(1, read));
  await world.aws.setFault('dynamodb', { kind: 'lost', times: 1, operation: 'PutItem' });
  expect(await outbox.saveState(room, failing(2, read))).toBeUndefined();
  expect(await outbox.readState(room)).toMatchObject({ failures: 1 });
});

it('lists every destination that was ever saved, over as many pages as it takes', async () => {
  const rooms = many(5, newDestination);
  const keys = many(3_000, (index) => String(index).padStart(100, '0'));
  const message = {
    id: 'm',
    keys,
    card: { title: '大', severity: 'info' },
    form: 'card',
    part: 0,
    rejectionCount: 0,
  } as const;
  await Promise.all(rooms.map((each) => outbox.saveState(each, { ...INITIAL_STATE, message })));
  expect(await outbox.destinations()).toEqual(expect.arrayContaining(rooms));
});
