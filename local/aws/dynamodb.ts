import { batchGet } from './dynamodb/batch-get';
import { conditionalWrite } from './dynamodb/conditional-write';
import { openDynalite } from './dynamodb/dynalite';
import { openGate } from './dynamodb/gate';
import { openMeter, type Units } from './dynamodb/meter';
import { query } from './dynamodb/query';
import { timeToLive } from './dynamodb/time-to-live';
import { transactGet } from './dynamodb/transact-get';
import { transactWrite } from './dynamodb/transact-write';
import { type Input, text } from './input';
import { type EmulatorContext, type Operation, startJsonService } from './json-service';
import type { Listener } from './listener';

/** What dynalite does as it stands. */
const PLAIN = [
  'BatchWriteItem',
  'CreateTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'TagResource',
  'UntagResource',
  'UpdateTable',
];

const READING = ['Query', 'Scan'];
const CONDITIONAL = ['PutItem', 'UpdateItem', 'DeleteItem'];

/** Milliseconds between two sweeps of expired items. DynamoDB itself promises only a few days. */
const SWEEP_EVERY = 10_000;

export interface DynamoDb extends Listener {
  /** Deletes what has expired by now; says how many items that were. */
  sweep(): Promise<number>;
  /** What its clients have consumed so far. */
  units(): Units;
}

const table = (operations: [string, Operation][]): Record<string, Operation> => Object.fromEntries(operations);

/**
 * DynamoDB in memory: dynalite's operations, and transactions, time to live and `ReturnValuesOnConditionCheckFailure`
 * of our own. All accounts and Regions share one set of tables; there are no streams and no PartiQL.
 */
export async function startDynamoDb(surroundings: EmulatorContext, region: string): Promise<DynamoDb> {
  const dynalite = openDynalite(surroundings.account, region);
  const gate = openGate();
  const units = { writeUnits: 0, readUnits: 0 };
  const [meter, twice] = [openMeter(units), openMeter(units, 2)];
  const expiry = timeToLive(dynalite, gate, surroundings.now);

  const gated = (work: (input: Input) => Promise<unknown>) => (input: Input) => gate.shared(() => work(input));

  const operations: Record<string, Operation> = {
    ...table(PLAIN.map((name) => [name, (input) => gate.shared(() => dynalite.run(name, input, meter))])),
    ...table(READING.map((name) => [name, gated(query(dynalite, name, meter))])),
    ...table(CONDITIONAL.map((name) => [name, conditionalWrite(dynalite, gate, name, meter)])),
    TransactWriteItems: transactWrite(dynalite, gate, surroundings.now, twice),
    BatchGetItem: gated(batchGet(dynalite, meter)),
    TransactGetItems: transactGet(dynalite, gate, twice),
    UpdateTimeToLive: expiry.update,
    DescribeTimeToLive: expiry.describe,
    async DeleteTable(input) {
      const output = await gate.exclusive(() => dynalite.run('DeleteTable', input));
      expiry.forget(text(input, 'TableName'));
      return output;
    },
  };
  const service = { name: 'dynamodb', target: 'DynamoDB_20120810', version: '1.0', limit: 16 * 2 ** 20 } as const;
  const listener = await startJsonService({ ...service, operations }, surroundings);
  const report = (error: unknown) => surroundings.log(`dynamodb: the sweep failed: ${String(error)}`);
  const sweeper = setInterval(() => void expiry.sweep().catch(report), SWEEP_EVERY).unref();

  return {
    url: listener.url,
    sweep: expiry.sweep,
    units: () => ({ ...units }),
    async close() {
      clearInterval(sweeper);
      await listener.close();
      await gate.exclusive(() => dynalite.close());
    },
  };
}
