import { type Checked, create, type Item, type Store, type Table } from 'dynalite/db';
import { checkTypes, checkValidations } from 'dynalite/validations';
import type { Input } from '../input';
import { ServiceError } from '../service-error';

/** What an operation answers; these members are the ones we look at ourselves. */
export interface Output {
  Item?: Item;
  Items?: Item[];
  LastEvaluatedKey?: Item;
  [member: string]: unknown;
}

type Action = (store: Store, data: Checked, done: (error: Error | null, output?: Output) => void) => void;

/** dynalite's data store and operations, without its HTTP server: that one dies when a client goes away. */
export interface Dynalite {
  /** Validates a request as DynamoDB does and parses its expressions. */
  check(operation: string, input: Input): Checked;
  apply(operation: string, checked: Checked): Promise<Output>;
  /** `check` and `apply` in one. */
  run(operation: string, input: Input): Promise<Output>;
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
        return data;
      } catch (error) {
        throw asServiceError(error);
      }
    },
    apply: (operation, checked) => promised((done) => actionOf(operation)(store, checked, done)),
    run: async (operation, input) => dynalite.apply(operation, dynalite.check(operation, input)),
    table: (name) => promised((done) => store.getTable(name, done)),
    close: () => store.db.close(),
  };
  return dynalite;
}
