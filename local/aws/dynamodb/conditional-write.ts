import type { Checked } from 'dynalite/db';
import type { Input } from '../input';
import { ServiceError } from '../service-error';
import type { Dynalite, Output } from './dynalite';
import type { Gate } from './gate';
import { keyIn } from './key';

/** PutItem, UpdateItem and DeleteItem, with the old item in the error where the caller wants it. */
export function conditionalWrite(dynalite: Dynalite, gate: Gate, operation: string) {
  async function oldItem({ TableName, Key, Item = {} }: Checked): Promise<Output> {
    const key = Key ?? keyIn(Item, await dynalite.table(TableName));
    const found = await dynalite.run('GetItem', { TableName, Key: key, ConsistentRead: true });
    return found.Item ? { Item: found.Item } : {};
  }

  async function withOldItem(input: Input): Promise<Output> {
    const checked = dynalite.check(operation, input);
    try {
      return await dynalite.apply(operation, checked);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'ConditionalCheckFailedException') throw error;
      throw new ServiceError(error.code, error.message, error.status, await oldItem(checked));
    }
  }

  return (input: Input): Promise<Output> =>
    input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
      ? gate.exclusive(() => withOldItem(input))
      : gate.shared(() => dynalite.run(operation, input));
}
