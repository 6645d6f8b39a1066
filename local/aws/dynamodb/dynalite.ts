import { type Checked, create, type Item, type Store, type Table } from 'dynalite/db';
import { checkTypes, checkValidations } from 'dynalite/validations';
import type { Input } from '../input';
import { invalid, ServiceError } from '../service-error';
import { type Meter, type Observers, observed, sizeOf } from './capacity';

/** An operation's output; named are the members that the emulator itself uses. */
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

/** dynalite's store and operations without its HTTP server, which crashes when a client disconnects. */
export interface Dynalite {
  /** Validates a request as DynamoDB does and parses its expressions. */
  check(operation: string, input: Input): Checked;
  apply(operation: string, checked: Checked, observers?: Observers): Promise<Output>;
  /** `check` and `apply`. */
  run(operation: string, input: Input, meter?: Meter): Promise<Output>;
  table(name: string): Promise<Table>;
  close(): Promise<void>;
}

/** dynalite has one file for each operation: `putItem.js` for PutItem. */
const fileOf = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

const actionOf = (operation: string): Action => require(`dynalite/actions/${fileOf(operation)}`);

const validationOf = (operation: string): { types: object; custom?: unknown } =>
  require(`dynalite/validations/${fileOf(operation)}`);

/** dynalite's errors hold the response body: `{ __type: 'namespace#Code', message }`. Other errors stay unchanged. */
function toServiceError(error: unknown): unknown {
  if (!(error instanceof Error) || !('body' in error)) return error;
  const { __type, message, Message } = error.body as Record<string, string | undefined>;
  return new ServiceError(__type?.split('#').at(-1) ?? 'InternalServerError', message ?? Message ?? error.message);
}

function promised<T>(work: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    work((error, result) => (error || result === undefined ? reject(toServiceError(error)) : resolve(result)));
  });
}

/** Developer Guide, "Quotas". dynalite counts characters; the result of an UpdateItem is left to dynalite. */
const MAX_ITEM_BYTES = 400 * 1024;

function rejectTooLarge({ Item, RequestItems = {} }: Checked): void {
  const batch = Object.values(RequestItems).flatMap((requests) => ('Keys' in requests ? [] : requests));
  const items = [Item, ...batch.map((request) => request.PutRequest?.Item)];
  if (items.some((item) => item && sizeOf(item) > MAX_ITEM_BYTES)) {
    throw invalid('Item size has exceeded the maximum allowed size');
  }
}

/** Opens an empty database in memory. Its tables are ACTIVE at once; their ARNs name this account and Region. */
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
        rejectTooLarge(data);
        return data;
      } catch (error) {
        throw toServiceError(error);
      }
    },
    apply: (operation, checked, observers) => {
      const view = observers ? observed(store, operation, checked, observers) : store;
      return promised((done) => actionOf(operation)(view, checked, done));
    },
    run: async (operation, input, meter) => dynalite.apply(operation, dynalite.check(operation, input), { meter }),
    table: (name) => promised((done) => store.getTable(name, done)),
    close: () => store.db.close(),
  };
  return dynalite;
}

/** The key attributes of an item. */
export const keyOf = (item: Item, { KeySchema }: Table): Item =>
  Object.fromEntries(KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName] ?? {}]));
