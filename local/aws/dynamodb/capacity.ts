import type { AttributeValue, Checked, Item, Partition, Store } from 'dynalite/db';

export interface CapacityUnits {
  writeUnits: number;
  readUnits: number;
}

/**
 * Adds up capacity units by the Developer Guide: "DynamoDB read and write operations" (one unit for 1 KB written or 4 KB read,
 * half for an eventual read; of a changed item, the larger size) and "Local secondary indexes" (one write to put an entry
 * into an index, one to remove it, both when its key changes). dynalite's own ConsumedCapacity leaves index writes out and
 * counts characters where DynamoDB counts bytes.
 */
export interface Meter {
  /** The item before and after; undefined where there is none. */
  write(before: Item | undefined, after: Item | undefined): void;
  /** Bytes that one request has read; the items of one Query count together. */
  read(bytes: number, isStrong: boolean): void;
}

export function createMeter(units: CapacityUnits): Meter {
  const size = (item: Item | undefined): number => (item ? sizeOf(item) : 0);
  return {
    write(before, after) {
      units.writeUnits += Math.max(1, Math.ceil(Math.max(size(before), size(after)) / 1024));
    },
    read(bytes, isStrong) {
      units.readUnits += Math.max(1, Math.ceil(bytes / 4096)) / (isStrong ? 1 : 2);
    },
  };
}

/** What observes one operation's access to the store. */
export interface Observers {
  meter?: Meter;
  /** Called with the item that the operation found, while it holds the lock of the key. */
  onRead?(item: Item | undefined): void;
}

const METERED_GETS = ['GetItem', 'BatchGetItem'];

function isStrongRead({ ConsistentRead, RequestItems }: Checked, table: string): boolean {
  const gets = RequestItems?.[table] ?? {};
  return ConsistentRead ?? ('ConsistentRead' in gets && gets.ConsistentRead === true);
}

/** The store as one operation uses it, with its observers attached to what it reads and writes. */
export function observed(store: Store, operation: string, checked: Checked, { meter, onRead }: Observers): Store {
  const get = (items: Partition, table: string): Partition['get'] => {
    return (key, done) =>
      items.get(key, (error, item) => {
        onRead?.(item);
        if (METERED_GETS.includes(operation)) meter?.read(item ? sizeOf(item) : 0, isStrongRead(checked, table));
        done(error, item);
      });
  };
  return {
    ...store,
    getItemDb(table) {
      const items = store.getItemDb(table);
      return { ...items, ...meteredWrites(items, meter, () => true), get: get(items, table) };
    },
    getIndexDb(...index) {
      const entries = store.getIndexDb(...index);
      const hasChanged: HasChanged = (before, after) => JSON.stringify(before) !== JSON.stringify(after);
      return { ...entries, ...meteredWrites(entries, meter, hasChanged) };
    },
  };
}

type HasChanged = (before: Item | undefined, after: Item | undefined) => boolean;

function meteredWrites(
  partition: Partition,
  meter: Meter | undefined,
  hasChanged: HasChanged,
): Pick<Partition, 'put' | 'del'> {
  const count = (key: string, after: Item | undefined, then: () => void): void =>
    partition.get(key, (_missing, before) => {
      if (hasChanged(before, after)) meter?.write(before, after);
      then();
    });
  return {
    put: (key, item, done) => count(key, item, () => partition.put(key, item, done)),
    del: (key, done) => count(key, undefined, () => partition.del(key, done)),
  };
}

const utf8Bytes = (text: string): number => Buffer.byteLength(text);
const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);

/** Two significant digits take one byte, and one more byte is added. */
const numberBytes = (text: string): number => {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');
  return Math.min(21, Math.ceil(digits.length / 2) + 1);
};
const binaryBytes = (text: string): number => Buffer.from(text, 'base64').length;

const SIZES: Readonly<Record<string, (value: never) => number>> = {
  S: utf8Bytes,
  N: numberBytes,
  B: binaryBytes,
  BOOL: () => 1,
  NULL: () => 1,
  SS: (texts: string[]) => sum(texts.map(utf8Bytes)),
  NS: (texts: string[]) => sum(texts.map(numberBytes)),
  BS: (texts: string[]) => sum(texts.map(binaryBytes)),
  L: (values: AttributeValue[]) => 3 + sum(values.map((value) => 1 + sizeOfValue(value))),
  M: (values: Item) => 3 + Object.keys(values).length + sizeOf(values),
};

/** An item's size in bytes (Developer Guide, "DynamoDB item sizes and formats"). */
export function sizeOf(item: Item): number {
  const attributes = Object.entries(item).filter(([, value]) => value !== undefined);
  return sum(attributes.map(([name, value]) => utf8Bytes(name) + sizeOfValue(value)));
}

function sizeOfValue(value: AttributeValue): number {
  const [type = '', content] = Object.entries(value)[0] ?? [];
  return SIZES[type]?.(content as never) ?? 0;
}
