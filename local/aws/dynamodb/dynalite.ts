import { type Checked, create, type Item, type Store, type Table } from 'dynalite/db';
import { checkTypes, checkValidations } from 'dynalite/validations';
import type { Input } from '../input';
import { invalid, ServiceError } from '../service-error';
import { sizeOf } from './item-size';
import { type Meter, metered } from './meter';

/** What an operation answers; these members are the ones we look at ourselves. */
export interface Output {
  Item?: Item;
  Items?: Item[];
  LastEvaluatedKey?: Item;
  Count?: number;
  ScannedCount?: number;
  ConsumedCapacity?: { CapacityUnits: number };
  /** Of BatchGetItem. */
  Responses?: Readonly<Record<string, Item[]>>;
  [member: string]: unknown;
}

type Action = (store: Store, data: Checked, done: (error: Error | null, output?: Output) => void) => void;

/** dynalite's data store and operations, without its HTTP server: that one dies when a client goes away. */
export interface Dynalite {
  /** Validates a request as DynamoDB does and parses its expressions. */
  check(operation: string, input: Input): Checked;
  /** Nothing is counted without a meter. */
  apply(operation: string, checked: Checked, meter?: Meter): Promise<Output>;
  /** `check` and `apply` in one. */
  run(operation: string, input: Input, meter?: Meter): Promise<Output>;
  table(name: string): Promise<Table>;
  close(): Promise<void>;
}

/** dynalite keeps one file for each operation, `putItem.js` for PutItem. */
const fileOf = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

const actionOf = (operation: string): Action => require(`dynalite/actions/${fileOf(operation)}`);

const validationOf = (operation: string): { types: object; custom?: unknown } =>
  require(`dynalite/validations/${fileOf(operation)}`);

/** dynalite's errors hold the whole answer: `{ __type: 'namespace#Code', message }`. Anything else is a fault and stays one. */
export function asServiceError(error: unknown): unknown {
  if (!(error instanceof Error) || !('body' in error)) return error;
  const { __type, message, Message } = error.body as Record<string, string | undefined>;
  return new ServiceError(__type?.split('#').at(-1) ?? 'InternalServerError', message ?? Message ?? error.message);
}

function promised<T>(work: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    work((error, result) => (error || result === undefined ? reject(asServiceError(error)) : resolve(result)));
  });
}

/** Bytes, 400 KB (Developer Guide, "Quotas"): dynalite itself counts letters. What an UpdateItem makes is left to it. */
const MOST_BYTES = 400 * 1024;

function refuseTooLarge({ Item, RequestItems = {} }: Checked): void {
  const batch = Object.values(RequestItems).flatMap((requests) => ('Keys' in requests ? [] : requests));
  const items = [Item, ...batch.map((request) => request.PutRequest?.Item)];
  if (items.some((item) => item && sizeOf(item) > MOST_BYTES)) {
    throw invalid('Item size has exceeded the maximum allowed size');
  }
}

/** An empty database in memory; its tables are ACTIVE at once and carry this account and Region in their ARNs. */
export function openDynalite(account: string, region: string): Dynalite {
  const store = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  store.tableDb.awsAccountId = account;
  store.tableDb.awsRegion = region;

  const dynalite: Dynalite = {
    check(operation, input) {
      const { types, custom } = validationOf(operation);
      try {
        const data: object = checkTypes(structuredClone(input), types);
        checkValidations(data, types, custom, store);
        refuseTooLarge(data);
        return data;
      } catch (error) {
        throw asServiceError(error);
      }
    },
    apply: (operation, checked, meter) => {
      const seen = meter ? metered(store, operation, checked, meter) : store;
      return promised((done) => actionOf(operation)(seen, checked, done));
    },
    run: async (operation, input, meter) => dynalite.apply(operation, dynalite.check(operation, input), meter),
    table: (name) => promised((done) => store.getTable(name, done)),
    close: () => store.db.close(),
  };
  return dynalite;
}
