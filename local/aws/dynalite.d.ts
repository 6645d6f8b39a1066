/** The parts of dynalite 4.0.0 that the emulator uses. It ships neither types nor an `exports` map, so the version is pinned. */

declare module 'dynalite/db' {
  export type AttributeValue = Readonly<Record<string, unknown>>;
  export type Item = Readonly<Record<string, AttributeValue>>;

  export interface Table {
    TableName: string;
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  }

  export interface BatchedGets {
    Keys: readonly Item[];
    ConsistentRead?: boolean;
  }

  export interface BatchedWrite {
    PutRequest?: { Item: Item };
  }

  /** A request that has passed dynalite's validation; further members hold the parsed expressions. */
  export interface Checked {
    TableName: string;
    Key?: Item;
    ConsistentRead?: boolean;
    ReturnConsumedCapacity?: string;
    AttributesToGet?: unknown;
    _projection?: unknown;
    RequestItems?: Readonly<Record<string, BatchedGets | readonly BatchedWrite[]>>;
    Item?: Item;
  }

  type Done = (error: Error | null, item?: Item) => void;

  /** The items of one table, or the entries of one index. */
  export interface Partition {
    get(key: string, done: Done): void;
    put(key: string, item: Item, done: Done): void;
    del(key: string, done: Done): void;
  }

  export interface Store {
    tableDb: { awsAccountId: string; awsRegion: string };
    db: { close(): Promise<void> };
    getItemDb(table: string): Partition;
    getIndexDb(kind: string, table: string, index: string): Partition;
    getTable(name: string, done: (error: Error | null, table?: Table) => void): void;
  }

  export function create(options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
}

declare module 'dynalite/validations' {
  import type { Checked, Store } from 'dynalite/db';

  export function checkTypes(data: object, types: object): object;
  export function checkValidations(data: object, types: object, custom: unknown, store: Store): asserts data is Checked;
}
