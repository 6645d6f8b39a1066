/** The parts of dynalite 4.0.0 we stand on. It ships no types, and no `exports` map: hence the exact version. */

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

  /** A request that has passed dynalite's validation; expressions come parsed in further members. */
  export interface Checked {
    TableName: string;
    Key?: Item;
    ConsistentRead?: boolean;
    ReturnConsumedCapacity?: string;
    AttributesToGet?: unknown;
    _projection?: unknown;
    RequestItems?: Readonly<Record<string, BatchedGets | readonly BatchedWrite[]>>;
    Item?: Item;
    AttributeUpdates?: unknown;
    _updates?: unknown;
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
  export function createKey(item: Item, table: Table): string;
  /** These four give the error instead of throwing it. */
  export function validateItem(item: Item, table: Table): Error | null | undefined;
  export function validateKey(key: Item, table: Table): Error | null | undefined;
  export function validateUpdates(legacy: unknown, updates: unknown, table: Table): Error | null | undefined;
  export function checkConditional(data: Checked, item: Item | undefined): Error | null | undefined;
}

declare module 'dynalite/validations' {
  import type { Checked, Store } from 'dynalite/db';

  export function checkTypes(data: object, types: object): object;
  export function checkValidations(data: object, types: object, custom: unknown, store: Store): asserts data is Checked;
}
