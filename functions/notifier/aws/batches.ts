import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

/** Limits of BatchGetItem and BatchWriteItem (DynamoDB API Reference). */
const MOST_READ = 100;
const MOST_WRITTEN = 25;
/** Batches on their way at a time. */
const AT_ONCE = 8;
/** In ms: what a batch leaves out was throttled, and the SDK does not retry it. */
const FIRST_PAUSE = 50;
const MOST_TRIES = 8;

/** Items by their keys, consistently, in any order. */
export async function readAll(client: DynamoDBClient, table: string, keys: readonly Item[]): Promise<Item[]> {
  const found: Item[] = [];
  await eachBatch(keys, MOST_READ, async (batch) => {
    const request = { [table]: { Keys: batch, ConsistentRead: true } };
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: request }),
    );
    found.push(...(Responses[table] ?? []));
    return UnprocessedKeys[table]?.Keys ?? [];
  });
  return found;
}

/** Puts items, whatever was there before. */
export async function writeAll(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  await eachBatch(items, MOST_WRITTEN, async (batch) => {
    const request = { [table]: batch.map((Item) => ({ PutRequest: { Item } })) };
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: request }));
    return (UnprocessedItems[table] ?? []).flatMap(({ PutRequest }) => (PutRequest?.Item ? [PutRequest.Item] : []));
  });
}

/** @param process gives back what it could not do, to be tried again. */
async function eachBatch(
  items: readonly Item[],
  size: number,
  process: (batch: Item[]) => Promise<Item[]>,
): Promise<void> {
  const batches: Item[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await untilDone(batch, process);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, batches.length) }, work));
}

async function untilDone(batch: Item[], process: (batch: Item[]) => Promise<Item[]>): Promise<void> {
  let left = await process(batch);
  for (let tries = 1; left.length && tries < MOST_TRIES; tries += 1) {
    await sleep(FIRST_PAUSE * 2 ** tries * (0.5 + Math.random() / 2));
    left = await process(left);
  }
  if (left.length) throw new Error(`DynamoDB left ${left.length} items of a batch undone.`);
}
