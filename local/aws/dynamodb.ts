import { type CapacityUnits, createMeter } from './dynamodb/capacity';
import { openDynalite } from './dynamodb/dynalite';
import { createBatchGet, createConditionalWrite, createQuery } from './dynamodb/operations';
import { createTimeToLive } from './dynamodb/time-to-live';
import { type EmulatorContext, type Operation, startJsonService } from './json-service';
import type { Listener } from './listener';

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
