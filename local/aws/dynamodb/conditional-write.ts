import type { Checked } from 'dynalite/db';
import type { Input } from '../input';
import { ServiceError } from '../service-error';
import type { Dynalite, Output } from './dynalite';
import type { Gate } from './gate';
import { keyIn } from './key';
import type { Meter } from './meter';

/**
 * PutItem, UpdateItem and DeleteItem, with the old item in the error where the caller wants it. A write whose condition
 * fails costs what it would have cost on the table (Developer Guide, "Condition expressions").
 */
export function conditionalWrite(dynalite: Dynalite, gate: Gate, operation: string, meter: Meter) {
  async function oldItem({ TableName, Key, Item = {} }: Checked): Promise<Output> {
    const key = Key ?? keyIn(Item, await dynalite.table(TableName));
    const found = await dynalite.run('GetItem', { TableName, Key: key, ConsistentRead: true });
    return found.Item ? { Item: found.Item } : {};
  }

  async function write(input: Input, wantsOldItem: boolean): Promise<Output> {
    const checked = dynalite.check(operation, input);
    try {
      return await dynalite.apply(operation, checked, meter);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'ConditionalCheckFailedException') throw error;
      const old = await oldItem(checked);
      meter.write(old.Item, checked.Item);
      throw wantsOldItem ? new ServiceError(error.code, error.message, error.status, { ...old }) : error;
    }
  }

  return (input: Input): Promise<Output> =>
    input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
      ? gate.exclusive(() => write(input, true))
      : gate.shared(() => write(input, false));
}
