import {
  type Checked,
  checkConditional,
  createKey,
  type Item,
  type Table,
  validateItem,
  validateKey,
  validateUpdates,
} from 'dynalite/db';
import { type Input, record } from '../input';
import { invalid } from '../service-error';
import { asServiceError, type Dynalite } from './dynalite';
import { keyIn } from './key';

/** Which operation validates and does each part of a transaction; a ConditionCheck is a Delete that is not done. */
const OPERATIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
};

/** One validated part of a transaction. */
export interface Step {
  readonly operation: string;
  readonly checked: Checked;
  readonly key: Item;
  /** Equal for equal items of one table. */
  readonly identity: string;
  readonly changes: boolean;
  readonly wantsOldItem: boolean;
}

/** Why the step's condition does not hold for this item. */
export const objection = ({ checked }: Step, old: Item | undefined): Error | null | undefined =>
  checkConditional(checked, old);

function refuseInvalid(checked: Checked, table: Table): void {
  const { Item, Key = {}, AttributeUpdates, _updates } = checked;
  const error = Item
    ? validateItem(Item, table)
    : (validateKey(Key, table) ?? validateUpdates(AttributeUpdates, _updates, table));
  if (error) throw asServiceError(error);
}

/** @throws ServiceError when the part would be refused whatever the table holds */
export async function planStep(dynalite: Dynalite, part: Input): Promise<Step> {
  const [kind = '', ...more] = Object.keys(part);
  const operation = OPERATIONS[kind];
  if (!operation || more.length > 0) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const { ReturnValuesOnConditionCheckFailure, ...request } = record(part, kind);
  if (kind === 'ConditionCheck' && !request.ConditionExpression) throw invalid('The expression can not be empty;');
  const checked = dynalite.check(operation, request);
  const table = await dynalite.table(checked.TableName);
  refuseInvalid(checked, table);
  const key = checked.Key ?? keyIn(checked.Item ?? {}, table);
  return {
    operation,
    checked,
    key,
    identity: `${checked.TableName}/${createKey(key, table)}`,
    changes: kind !== 'ConditionCheck',
    wantsOldItem: ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
  };
}
