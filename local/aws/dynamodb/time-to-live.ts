import type { Item } from 'dynalite/db';
import { type Input, optionalFlag, record, text } from '../input';
import { invalid } from '../service-error';
import type { Dynalite, Output } from './dynalite';
import type { Gate } from './gate';
import { keyIn } from './key';

/** Seconds; an item that expired longer ago than five years is left alone (Developer Guide, "Time to Live"). */
const TOO_OLD = 5 * 365 * 86_400;

/** The TTL switch of every table, and what takes the place of DynamoDB's background deletion. */
export function timeToLive(dynalite: Dynalite, gate: Gate, now: () => number) {
  const attributes = new Map<string, string>();

  async function update(input: Input): Promise<Output> {
    const { TableName } = await dynalite.table(text(input, 'TableName'));
    const specification = record(input, 'TimeToLiveSpecification');
    const enabled = optionalFlag(specification, 'Enabled') ?? false;
    if (attributes.has(TableName) === enabled) {
      throw invalid(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    }
    if (enabled) attributes.set(TableName, text(specification, 'AttributeName'));
    else attributes.delete(TableName);
    return { TimeToLiveSpecification: specification };
  }

  async function describe(input: Input): Promise<Output> {
    const { TableName } = await dynalite.table(text(input, 'TableName'));
    const AttributeName = attributes.get(TableName);
    const on = { TimeToLiveStatus: 'ENABLED', AttributeName };
    return { TimeToLiveDescription: AttributeName ? on : { TimeToLiveStatus: 'DISABLED' } };
  }

  function isExpired(item: Item, attribute: string): boolean {
    const age = Math.floor(now() / 1000) - Number(item[attribute]?.N ?? Number.NaN);
    return age > 0 && age < TOO_OLD;
  }

  async function sweepTable(TableName: string, attribute: string): Promise<number> {
    const table = await dynalite.table(TableName);
    let from: Item | undefined;
    let swept = 0;
    do {
      const { Items = [], LastEvaluatedKey } = await dynalite.run('Scan', { TableName, ExclusiveStartKey: from });
      const expired = Items.filter((item) => isExpired(item, attribute));
      for (const item of expired) await dynalite.run('DeleteItem', { TableName, Key: keyIn(item, table) });
      swept += expired.length;
      from = LastEvaluatedKey;
    } while (from);
    return swept;
  }

  return {
    update,
    describe,
    forget: (table: string) => attributes.delete(table),
    /** Deletes what has expired by now in all tables; says how many items that were. */
    sweep: () =>
      gate.exclusive(async () => {
        let swept = 0;
        for (const [table, attribute] of attributes) swept += await sweepTable(table, attribute);
        return swept;
      }),
  };
}
