import type { Item, Table } from 'dynalite/db';
import { type Input, optionalFlag, requiredRecord, requiredText } from '../input';
import { invalid, ServiceError } from '../service-error';
import { type Dynalite, keyOf, type Output } from './dynalite';

/** Items that expired more than five years ago are not deleted (Developer Guide, "Time to Live"). */
const MAX_AGE_SECONDS = 5 * 365 * 86_400;

/** The TTL setting of every table, and a sweep in place of DynamoDB's background deletion. */
export function createTimeToLive(dynalite: Dynalite, now: () => number) {
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
