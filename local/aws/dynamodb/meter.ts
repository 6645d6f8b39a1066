import type { Checked, Item, Partition, Store } from 'dynalite/db';
import { sizeOf } from './item-size';

/**
 * Adds up capacity units, by the Developer Guide: "DynamoDB read and write operations" (one unit for 1 KB written or 4 KB read,
 * half of it for an eventual read; of an item that changes, the larger size; twice for transactions) and "Local secondary
 * indexes" (one write to put into an index, one to take out, both when the key there changes). dynalite's own
 * ConsumedCapacity leaves out what indexes are written, and counts letters where DynamoDB counts bytes.
 */
export interface Meter {
  /** The item before and after; absent where there is none. */
  write(old: Item | undefined, now: Item | undefined): void;
  /** What one request has read; several items of a Query count together. */
  read(bytes: number, strong: boolean): void;
}

export interface Units {
  writeUnits: number;
  readUnits: number;
}

/** @param factor 2 for transactions */
export function openMeter(units: Units, factor = 1): Meter {
  const sized = (item: Item | undefined): number => (item ? sizeOf(item) : 0);
  return {
    write(old, now) {
      units.writeUnits += factor * Math.max(1, Math.ceil(Math.max(sized(old), sized(now)) / 1024));
    },
    read(bytes, strong) {
      units.readUnits += (factor * Math.max(1, Math.ceil(bytes / 4096))) / (strong ? 1 : 2);
    },
  };
}

const GETS = ['GetItem', 'BatchGetItem'];

/** Whether this operation reads this table strongly. */
function isStrong({ ConsistentRead, RequestItems }: Checked, table: string): boolean {
  const gets = RequestItems?.[table] ?? {};
  return ConsistentRead ?? ('ConsistentRead' in gets && gets.ConsistentRead === true);
}

/** The store as one operation uses it, with a meter on what it writes, and on each item that it gets. */
export function metered(store: Store, operation: string, checked: Checked, meter: Meter): Store {
  const read = (items: Partition, table: string): Partition['get'] =>
    GETS.includes(operation)
      ? (key, done) =>
          items.get(key, (error, item) => {
            meter.read(item ? sizeOf(item) : 0, isStrong(checked, table));
            done(error, item);
          })
      : items.get;

  return {
    ...store,
    getItemDb(table) {
      const items = store.getItemDb(table);
      return { ...items, ...writes(items, meter, () => true), get: read(items, table) };
    },
    getIndexDb(...index) {
      const entries = store.getIndexDb(...index);
      return { ...entries, ...writes(entries, meter, (old, now) => JSON.stringify(old) !== JSON.stringify(now)) };
    },
  };
}

type Counts = (old: Item | undefined, now: Item | undefined) => boolean;

function writes(partition: Partition, meter: Meter, counts: Counts): Pick<Partition, 'put' | 'del'> {
  const count = (key: string, now: Item | undefined, then: () => void): void =>
    partition.get(key, (_missing, old) => {
      if (counts(old, now)) meter.write(old, now);
      then();
    });
  return {
    put: (key, item, done) => count(key, item, () => partition.put(key, item, done)),
    del: (key, done) => count(key, undefined, () => partition.del(key, done)),
  };
}
