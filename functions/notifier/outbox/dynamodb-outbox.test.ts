import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { entryNamed, many, NOON } from '../entry.fixture';
import { type EmulatedTables, emulateTables, newDestination } from './dynamodb.fixture';
import type { Incident, Outbox, ProcessedEntry } from './outbox';

let world: EmulatedTables;
let outbox: Outbox;
let room: string;

beforeAll(async () => {
  world = await emulateTables();
  outbox = world.open(() => NOON);
});
afterAll(() => world.close());
beforeEach(() => {
  room = newDestination();
});

const nothing = new Map<string, Incident>();
const told = (name: string): ProcessedEntry => ({ key: `key-${name}`, outcome: 'delivered', messageId: 'm-1' });
const waitingNow = async () => (await outbox.pending(room)).map(({ event }) => event.id);
const stored = async (entry: string) =>
  (
    await world.client.send(
      new GetItemCommand({ TableName: world.tables.outbox, Key: { destination: { S: room }, entry: { S: entry } } }),
    )
  ).Item;

describe('an entry', () => {
  it('is put once, and comes back as it was', async () => {
    const entry = entryNamed('告警', { incident: 'i', contentHash: 'p' });
    expect([await outbox.put(room, entry), await outbox.put(room, { ...entry, formatter: 'other' })]).toEqual([
      true,
      false,
    ]);
    expect(await outbox.pending(room)).toEqual([entry]);
  });

  it('of which many notifiers are told at once is put by one of them', async () => {
    const puts = await Promise.all(many(20, () => outbox.put(room, entryNamed('a'))));
    expect(puts.filter(Boolean)).toHaveLength(1);
  });

  it.each(['delivered', 'deduplicated'] as const)('that was %s is not put again', async (outcome) => {
    await outbox.put(room, entryNamed('a'));
    await outbox.markProcessed(room, [{ key: 'key-a', outcome }], nothing);
    expect(await outbox.put(room, entryNamed('a'))).toBe(false);
    expect(await waitingNow()).toEqual([]);
  });

  it('that is dead comes to life again, once', async () => {
    await outbox.put(room, entryNamed('a'));
    await outbox.markProcessed(room, [{ key: 'key-a', outcome: 'deadLettered' }], nothing);
    expect(await waitingNow()).toEqual([]);
    expect([await outbox.put(room, entryNamed('a')), await outbox.put(room, entryNamed('a'))]).toEqual([true, false]);
    expect(await waitingNow()).toEqual(['a']);
  });

  it('of one destination is none of another', async () => {
    await outbox.put(room, entryNamed('a'));
    const other = newDestination();
    expect(await outbox.pending(other)).toEqual([]);
    expect(await outbox.put(other, entryNamed('a'))).toBe(true);
  });

  it('leaves nothing but its key, what became of it, and when that may be forgotten', async () => {
    await outbox.put(room, entryNamed('a'));
    await outbox.markProcessed(room, [told('a')], nothing);
    expect(await stored('event#key-a')).toEqual({
      destination: { S: room },
      entry: { S: 'event#key-a' },
      outcome: { S: 'delivered' },
      message: { S: 'm-1' },
      expires: { N: String(NOON / 1000 + 30 * 86_400) },
    });
  });
});

describe('what waits', () => {
  it('is given oldest first, and says since when', async () => {
    expect(await outbox.oldestPendingAt(room)).toBeUndefined();
    for (const after of [30, 4, 200]) await outbox.put(room, entryNamed(`${after}`, { enqueuedAt: NOON + after }));
    expect(await waitingNow()).toEqual(['4', '30', '200']);
    expect(await outbox.oldestPendingAt(room)).toBe(NOON + 4);
  });

  it('is there as soon as it was put, and gone as soon as it is settled', async () => {
    for (const name of many(30, String)) {
      await outbox.put(room, entryNamed(name));
      expect(await waitingNow()).toEqual([name]);
      await outbox.markProcessed(room, [told(name)], nothing);
      expect([await waitingNow(), await outbox.oldestPendingAt(room)]).toEqual([[], undefined]);
    }
  });

  it('is read over several pages of a megabyte', async () => {
    const quote = '字'.repeat(40_000);
    const card = { title: 't', severity: 'info', quote } as const;
    await Promise.all(many(30, (index) => outbox.put(room, entryNamed(`${index}`, { card }))));
    expect((await waitingNow()).sort()).toEqual(many(30, String).sort());
  });
});

describe('settling', () => {
  it('may be repeated, and changes nothing the second time', async () => {
    await outbox.put(room, entryNamed('a'));
    await outbox.put(room, entryNamed('b'));
    const incident = {
      firstNotifiedAt: 1,
      contentHash: 'p',
      lastNotifiedEventAt: '',
      latestEventAt: '',
      isResolved: false,
    };
    for (const _ of ['once', 'again']) await outbox.markProcessed(room, [told('a')], new Map([['i', incident]]));
    expect(await waitingNow()).toEqual(['b']);
    expect(await outbox.incidents(room, ['i'])).toEqual(new Map([['i', incident]]));
  });

  it('of a thousand entries settles each of them, and knows afterwards which still wait', async () => {
    const names = many(1_000, String);
    await Promise.all(names.map((name) => outbox.put(room, entryNamed(name))));
    expect(await outbox.pending(room)).toHaveLength(1_000);
    const keys = names.map((name) => `key-${name}`);
    expect(await outbox.pendingByKey(room, keys)).toHaveLength(1_000);
    await outbox.markProcessed(room, names.slice(1).map(told), nothing);
    expect((await outbox.pendingByKey(room, keys)).map(({ event }) => event.id)).toEqual(['0']);
  });
});

describe('incidents', () => {
  const incident = (firstNotifiedAt: number): Incident => ({
    firstNotifiedAt,
    contentHash: '印',
    lastNotifiedEventAt: '2026-05-01T12:00:00Z',
    latestEventAt: '2026-05-01T12:00:00Z',
    isResolved: false,
  });

  it('are remembered by destination and name, the latest news of each', async () => {
    await outbox.markProcessed(room, [], new Map(many(60, (index) => [`i${index}`, incident(index)])));
    await outbox.markProcessed(room, [], new Map([['i7', incident(700)]]));
    const known = await outbox.incidents(room, ['i7', 'i8', 'i7', 'unheard of']);
    expect(Object.fromEntries(known)).toEqual({ i7: incident(700), i8: incident(8) });
    expect(await outbox.incidents(newDestination(), ['i7'])).toEqual(new Map());
    expect(
      await outbox.incidents(
        room,
        many(200, (index) => `i${index}`),
      ),
    ).toHaveProperty('size', 60);
  });

  it('are forgotten after 90 days, and never wait', async () => {
    await outbox.markProcessed(room, [], new Map([['i', incident(1)]]));
    expect(await stored('incident#i')).toMatchObject({ expires: { N: String(NOON / 1000 + 90 * 86_400) } });
    expect(await outbox.pending(room)).toEqual([]);
  });
});
