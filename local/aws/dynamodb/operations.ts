import type { BatchedGets, Checked, Item } from 'dynalite/db';
import type { Input } from '../input';
import { ServiceError } from '../service-error';
import { type Meter, sizeOf } from './capacity';
import type { Dynalite, Output } from './dynalite';

/** API Reference, BatchGetItem. */
const MAX_RESPONSE_BYTES = 16 * 2 ** 20;
/** dynalite stops after about 1.4 MB: it always returns this many items of at most 400 KB. */
const KEYS_PER_CALL = 3;

/** BatchGetItem up to 16 MB; keys beyond that are returned as UnprocessedKeys. */
export function createBatchGet(dynalite: Dynalite, meter: Meter) {
  /** Reads items until `maxBytes` are reached; `remaining` are the keys that were not read. */
  async function read(checked: Checked, table: string, gets: BatchedGets, maxBytes: number) {
    const items: Item[] = [];
    let from = 0;
    for (; from < gets.Keys.length && bytesOf(items) < maxBytes; from += KEYS_PER_CALL) {
      const RequestItems = { [table]: { ...gets, Keys: gets.Keys.slice(from, from + KEYS_PER_CALL) } };
      const output = await dynalite.apply('BatchGetItem', { ...checked, RequestItems }, { meter });
      items.push(...(output.Responses?.[table] ?? []));
    }
    return { items, remaining: gets.Keys.slice(from) };
  }

  return async (input: Input): Promise<Output> => {
    const checked = dynalite.check('BatchGetItem', input);
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, unknown> = {};
    for (const [table, gets] of Object.entries(checked.RequestItems ?? {})) {
      if (!('Keys' in gets)) continue;
      const maxBytes = MAX_RESPONSE_BYTES - bytesOf(Object.values(Responses).flat());
      const { items, remaining } = await read(checked, table, gets, maxBytes);
      Responses[table] = items;
      if (remaining.length > 0) UnprocessedKeys[table] = { ...unparsed(input, table), Keys: remaining };
    }
    return { Responses, UnprocessedKeys };
  };
}

const bytesOf = (items: readonly Item[]): number => items.reduce((sum, item) => sum + sizeOf(item), 0);

/** The table's part of the request as the client sent it, without the expressions that dynalite has parsed. */
const unparsed = ({ RequestItems }: Input, table: string): object => Object(Object(RequestItems)[table]);

/**
 * PutItem, UpdateItem and DeleteItem, with the old item in the error where the caller asks for it. A write whose condition
 * fails costs the same as a successful one (Developer Guide, "Condition expressions").
 */
export function createConditionalWrite(dynalite: Dynalite, operation: string, meter: Meter) {
  return async (input: Input): Promise<Output> => {
    const checked = dynalite.check(operation, input);
    let old: Item | undefined;
    const onRead = (item: Item | undefined) => {
      old = item;
    };
    try {
      return await dynalite.apply(operation, checked, { meter, onRead });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'ConditionalCheckFailedException') throw error;
      meter.write(old, checked.Item);
      if (input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') throw error;
      throw new ServiceError(error.code, error.message, error.status, old ? { Item: old } : {});
    }
  };
}

/** Query and Scan, with the bytes that they read metered. */
export function createQuery(dynalite: Dynalite, operation: string, meter: Meter) {
  return async (input: Input): Promise<Output> => {
    const checked = dynalite.check(operation, input);
    const isCapacityWanted = ['TOTAL', 'INDEXES'].includes(checked.ReturnConsumedCapacity ?? '');
    const measured = isCapacityWanted ? checked : { ...checked, ReturnConsumedCapacity: 'TOTAL' };
    const { ConsumedCapacity, ...output } = await dynalite.apply(operation, measured);
    const isStrong = checked.ConsistentRead ?? false;
    const units = ConsumedCapacity?.CapacityUnits ?? 0;
    meter.read(readBytes(checked, output) ?? units * (isStrong ? 1 : 2) * 4096, isStrong);
    return isCapacityWanted ? { ...output, ConsumedCapacity } : output;
  };
}

/** Bytes read; undefined where a filter or projection hides items from us: then dynalite's own count has to do. */
function readBytes({ _projection, AttributesToGet }: Checked, { Items, Count, ScannedCount }: Output) {
  const isWhole = Items && Count === ScannedCount && !_projection && !AttributesToGet;
  return isWhole ? bytesOf(Items) : undefined;
}
