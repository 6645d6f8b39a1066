import type { Item, Table } from 'dynalite/db';
import { type CapacityUnits, createMeter } from './dynamodb/capacity';
import { type Dynalite, keyOf, type Output, openDynalite } from './dynamodb/dynalite';
import { createBatchGet, createConditionalWrite, createQuery } from './dynamodb/operations';
import { type Input, optionalFlag, requiredRecord, requiredText } from './input';
import { type EmulatorContext, type Operation, startJsonService } from './json-service';
import type { Listener } from './listener';
import { invalid, ServiceError } from './service-error';

/** Operations that need nothing beyond dynalite. */
const UNCHANGED = ['BatchWriteItem', 'CreateTable', 'DescribeTable', 'GetItem', 'ListTables'];
const QUERIES = ['Query', 'Scan'];
const CONDITIONAL_WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** DynamoDB itself promises to delete expired items within a few days only. */
const SWEEP_INTERVAL_MS = 10_000;
const MAX_REQUEST_BYTES = 16 * 2 ** 20;

export interface DynamoDb extends Listener {
  /** Deletes the items that have expired by now and returns their number. */
  sweep(): Promise<number>;
  /** Capacity units that clients have consumed so far. */
  units(): CapacityUnits;
}

/**
 * DynamoDB in memory: dynalite's operations, with time to live, `ReturnValuesOnConditionCheckFailure` and exact capacity units
 * added. All accounts and Regions share one set of tables. Not emulated: transactions, streams, PartiQL.
 */
export async function startDynamoDb(context: EmulatorContext, region: string): Promise<DynamoDb> {
  const dynalite = openDynalite(context.account, region);
  const units = { writeUnits: 0, readUnits: 0 };
  const meter = createMeter(units);
  const timeToLive = createTimeToLive(dynalite, context.now);
  const each = (names: readonly string[], create: (name: string) => Operation) =>
    Object.fromEntries(names.map((name) => [name, create(name)]));

  const operations: Record<string, Operation> = {
    ...each(UNCHANGED, (name) => (input) => dynalite.run(name, input, meter)),
    ...each(QUERIES, (name) => createQuery(dynalite, name, meter)),
    ...each(CONDITIONAL_WRITES, (name) => createConditionalWrite(dynalite, name, meter)),
    BatchGetItem: createBatchGet(dynalite, meter),
    UpdateTimeToLive: timeToLive.update,
    DescribeTimeToLive: timeToLive.describe,
  };
  const protocol = { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0' } as const;
  const listener = await startJsonService({ ...protocol, maxBytes: MAX_REQUEST_BYTES, operations }, context);
  const logFailure = (error: unknown) => context.log(`dynamodb: the sweep failed: ${String(error)}`);
  const sweeper = setInterval(() => void timeToLive.sweep().catch(logFailure), SWEEP_INTERVAL_MS).unref();

  return {
    url: listener.url,
    sweep: timeToLive.sweep,
    units: () => ({ ...units }),
    async close() {
      clearInterval(sweeper);
      await listener.close();
      await dynalite.close();
    },
  };
}

/** Items that expired more than five years ago are not deleted (Developer Guide, "Time to Live"). */
const MAX_AGE_SECONDS = 5 * 365 * 86_400;

/** The TTL setting of every table, and a sweep in place of DynamoDB's background deletion. */
function createTimeToLive(dynalite: Dynalite, now: () => number) {
  const attributes = new Map<string, string>();

  async function update(input: Input): Promise<Output> {
    const { TableName } = await dynalite.table(requiredText(input, 'TableName'));
    const specification = requiredRecord(input, 'TimeToLiveSpecification');
    const isEnabled = optionalFlag(specification, 'Enabled') ?? false;
    if (attributes.has(TableName) === isEnabled) {
      throw invalid(`TimeToLive is already ${isEnabled ? 'enabled' : 'disabled'}`);
    }
    if (isEnabled) attributes.set(TableName, requiredText(specification, 'AttributeName'));
    else attributes.delete(TableName);
    return { TimeToLiveSpecification: specification };
  }

  async function describe(input: Input): Promise<Output> {
    const { TableName } = await dynalite.table(requiredText(input, 'TableName'));
    const AttributeName = attributes.get(TableName);
    const enabled = { TimeToLiveStatus: 'ENABLED', AttributeName };
    return { TimeToLiveDescription: AttributeName ? enabled : { TimeToLiveStatus: 'DISABLED' } };
  }

  function isExpired(item: Item, attribute: string): boolean {
    const ageSeconds = Math.floor(now() / 1000) - Number(item[attribute]?.N ?? Number.NaN);
    return ageSeconds > 0 && ageSeconds < MAX_AGE_SECONDS;
  }

  async function sweepTable(TableName: string, attribute: string): Promise<number> {
    const table = await dynalite.table(TableName);
    let start: Item | undefined;
    let count = 0;
    do {
      const { Items = [], LastEvaluatedKey } = await dynalite.run('Scan', { TableName, ExclusiveStartKey: start });
      const expired = Items.filter((item) => isExpired(item, attribute));
      for (const item of expired) await deleteExpired(dynalite, item, attribute, table);
      count += expired.length;
      start = LastEvaluatedKey;
    } while (start);
    return count;
  }

  return {
    update,
    describe,
    /** Deletes the expired items of all tables and returns their number. */
    async sweep(): Promise<number> {
      let count = 0;
      for (const [table, attribute] of attributes) count += await sweepTable(table, attribute);
      return count;
    },
  };
}

/** Deletes the item unless it got a new expiry after the scan. */
async function deleteExpired(dynalite: Dynalite, item: Item, attribute: string, table: Table): Promise<void> {
  const condition = {
    ConditionExpression: '#ttl = :ttl',
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':ttl': item[attribute] },
  };
  const request = { TableName: table.TableName, Key: keyOf(item, table), ...condition };
  await dynalite.run('DeleteItem', request).catch((error: unknown) => {
    if (!(error instanceof ServiceError)) throw error;
  });
}
