import { INITIAL_STATE } from '../delivery/state';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import type { Incident, Outbox, ProcessedEntry } from './outbox';

let count = 0;
/** Everything is stored by destination, so a new destination is as good as an empty outbox. */
export const newDestination = (): string => {
  count += 1;
  return `destination-${count}`;
};

/** What every outbox must do: the memory twin runs it, and the adapter over the emulator. */
export function outboxContract(open: () => Outbox): void {
  let outbox: Outbox;
  let destination: string;
  beforeEach(() => {
    outbox = open();
    destination = newDestination();
  });

  const none = new Map<string, Incident>();
  const delivered = (name: string): ProcessedEntry => ({ key: `key-${name}`, outcome: 'delivered', messageId: 'm-1' });
  const pendingIds = async () => (await outbox.pending(destination)).map(({ event }) => event.id);
  const incidentAt = (firstNotifiedAt: number): Incident => ({
    firstNotifiedAt,
    contentHash: '印',
    lastNotifiedEventAt: '2026-05-01T12:00:00Z',
    latestEventAt: '2026-05-01T12:00:00Z',
    isResolved: false,
  });

  describe('put()', () => {
    it('stores an entry once, and unchanged', async () => {
      const entry = entryNamed('告警', { incident: 'i', contentHash: 'h' });
      expect(await outbox.put(destination, entry)).toBe(true);
      expect(await outbox.put(destination, { ...entry, formatter: 'other' })).toBe(false);
      expect(await outbox.pending(destination)).toEqual([entry]);
    });

    it('succeeds for one of many notifiers with the same entry', async () => {
      const puts = await Promise.all(many(20, () => outbox.put(destination, entryNamed('a'))));
      expect(puts.filter(Boolean)).toHaveLength(1);
    });

    it.each(['delivered', 'deduplicated'] as const)('does not store an entry again that was %s', async (outcome) => {
      await outbox.put(destination, entryNamed('a'));
      await outbox.markProcessed(destination, [{ key: 'key-a', outcome }], none);
      expect(await outbox.put(destination, entryNamed('a'))).toBe(false);
      expect(await pendingIds()).toEqual([]);
    });

    it('stores a dead-lettered entry again, once', async () => {
      await outbox.put(destination, entryNamed('a'));
      await outbox.markProcessed(destination, [{ key: 'key-a', outcome: 'deadLettered' }], none);
      expect(await pendingIds()).toEqual([]);
      const puts = [await outbox.put(destination, entryNamed('a')), await outbox.put(destination, entryNamed('a'))];
      expect([puts, await pendingIds()]).toEqual([[true, false], ['a']]);
    });

    it('keeps the destinations apart', async () => {
      await outbox.put(destination, entryNamed('a'));
      const other = newDestination();
      expect(await outbox.pending(other)).toEqual([]);
      expect(await outbox.put(other, entryNamed('a'))).toBe(true);
    });
  });

  describe('pending()', () => {
    it('returns the oldest entry first, and oldestPendingAt() its time', async () => {
      expect(await outbox.oldestPendingAt(destination)).toBeUndefined();
      for (const after of [30, 4, 200])
        await outbox.put(destination, entryNamed(`${after}`, { enqueuedAt: NOON + after }));
      expect(await pendingIds()).toEqual(['4', '30', '200']);
      expect(await outbox.oldestPendingAt(destination)).toBe(NOON + 4);
    });

    it('returns a critical entry before older ones, and oldestPendingAt() its time', async () => {
      await outbox.put(destination, entryNamed('disk'));
      const card = cardNamed('gone', { severity: 'critical' });
      await outbox.put(destination, entryNamed('gone', { card, enqueuedAt: NOON + 7 }));
      expect(await pendingIds()).toEqual(['gone', 'disk']);
      expect(await outbox.oldestPendingAt(destination)).toBe(NOON + 7);
    });

    it('returns an entry as soon as it is stored, and no more as soon as it is processed', async () => {
      for (const name of many(5, String)) {
        await outbox.put(destination, entryNamed(name));
        expect(await pendingIds()).toEqual([name]);
        await outbox.markProcessed(destination, [delivered(name)], none);
        expect([await pendingIds(), await outbox.oldestPendingAt(destination)]).toEqual([[], undefined]);
      }
    });
  });

  describe('markProcessed()', () => {
    it('is idempotent', async () => {
      for (const name of ['a', 'b']) await outbox.put(destination, entryNamed(name));
      for (const _ of ['once', 'again'])
        await outbox.markProcessed(destination, [delivered('a')], new Map([['i', incidentAt(1)]]));
      expect(await pendingIds()).toEqual(['b']);
      expect(await outbox.incidents(destination, ['i'])).toEqual(new Map([['i', incidentAt(1)]]));
    });

    it('ends entries of several batches; pendingByKey() returns those that are left', async () => {
      const names = many(120, String);
      const keys = names.map((name) => `key-${name}`);
      await Promise.all(names.map((name) => outbox.put(destination, entryNamed(name))));
      expect(await outbox.pendingByKey(destination, keys)).toHaveLength(120);
      await outbox.markProcessed(destination, names.slice(1).map(delivered), none);
      expect((await outbox.pendingByKey(destination, keys)).map(({ event }) => event.id)).toEqual(['0']);
    });

    it('ends an entry that it does not know, so that it is not stored later', async () => {
      await outbox.markProcessed(destination, [delivered('a')], none);
      expect(await outbox.put(destination, entryNamed('a'))).toBe(false);
    });
  });

  it('incidents() returns the latest news by destination and name', async () => {
    const names = many(60, (index) => `i${index}`);
    await outbox.markProcessed(destination, [], new Map(names.map((name, index) => [name, incidentAt(index)])));
    await outbox.markProcessed(destination, [], new Map([['i7', incidentAt(700)]]));
    const known = await outbox.incidents(destination, ['i7', 'i8', 'i7', 'unknown']);
    expect(Object.fromEntries(known)).toEqual({ i7: incidentAt(700), i8: incidentAt(8) });
    expect(await outbox.incidents(newDestination(), ['i7'])).toEqual(new Map());
    const all = many(200, (index) => `i${index}`);
    expect((await outbox.incidents(destination, all)).size).toBe(60);
    expect(await outbox.pending(destination)).toEqual([]);
  });

  describe('the state of a destination', () => {
    const failing = (failures: number, state = INITIAL_STATE) => ({ ...state, failures });

    it('is the initial one where none was stored, then as it was stored, with the next version', async () => {
      expect(await outbox.readState(destination)).toEqual(INITIAL_STATE);
      const card = cardNamed('告警');
      const message = { id: 'm', keys: ['a', '告'], card, form: 'plain', part: 2, rejectionCount: 0 } as const;
      const state = { ...INITIAL_STATE, buckets: [1.5, 2], wakeUpScheduledFor: 9, message };
      const stored = await outbox.saveState(destination, state);
      expect(stored).toEqual({ ...state, version: 1 });
      expect(await outbox.readState(destination)).toEqual(stored);
      expect(await outbox.destinations()).toContain(destination);
    });

    it('is not stored by a notifier that has read an older version', async () => {
      const first = await outbox.saveState(destination, failing(1));
      expect(await outbox.saveState(destination, failing(2))).toBeUndefined();
      expect(await outbox.readState(destination)).toEqual(first);
    });

    it('is stored by exactly one of twenty racing notifiers, version after version', async () => {
      for (let version = 0; version < 3; version += 1) {
        const read = await outbox.readState(destination);
        expect(read.version).toBe(version);
        const saves = await Promise.all(many(20, (racer) => outbox.saveState(destination, failing(racer, read))));
        const winners = saves.filter((stored) => stored !== undefined);
        expect(winners).toHaveLength(1);
        expect(await outbox.readState(destination)).toEqual(winners[0]);
      }
    });
  });
}
