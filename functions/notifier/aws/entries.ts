import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Entry, Mark, Outbox } from '../outbox';
import { readAll, writeAll } from './batches';
import { packed, unpacked } from './content';

type Item = Record<string, AttributeValue>;

/** In seconds: longer than SQS keeps a message in a queue (4 days here) and then in its dead-letter queue (14). */
const REMEMBERED = 30 * 86_400;
/** Of 1 MB each: what is beyond is looked at when these have been told. */
const MOST_PAGES = 8;
const MOST_ENTRIES = 3_000;

/**
 * An entry is one item. While it waits it has a number `waiting`, which puts it into the index of that name: a local one, because
 * no other can be read consistently. What is left of it afterwards is its key, until that expires.
 */
export function openEntries(
  client: DynamoDBClient,
  table: string,
  now: () => number,
): Pick<Outbox, 'put' | 'waiting' | 'waitingSince' | 'entries'> & { mark: Marking } {
  const pages: Pages = (destination, more) => client.send(new QueryCommand(queryOf(table, destination, more)));
  return {
    put: (destination, entry) => client.send(putOf(table, destination, entry)).then(() => true, isRefused),
    waiting: (destination) => readPages(destination, pages),
    async waitingSince(destination) {
      const { Items = [] } = await pages(destination, { Limit: 1 });
      const first = Items[0] && Number(Items[0].waiting?.N);
      return first !== undefined && first < 0 ? first + AHEAD : first;
    },
    async entries(destination, keys) {
      const items = await readAll(
        client,
        table,
        keys.map((key) => keyOf(destination, key)),
      );
      return items.flatMap(entryIn);
    },
    mark(destination, marks) {
      const items = marks.map((mark) => itemOf(destination, mark, now()));
      return writeAll(client, table, items);
    },
  };
}

type Marking = (destination: string, marks: readonly Mark[]) => Promise<void>;
type More = { ExclusiveStartKey?: Item; Limit?: number };
type Pages = (destination: string, more: More) => Promise<QueryCommandOutput>;

const queryOf = (table: string, destination: string, more: More) => ({
  TableName: table,
  IndexName: 'waiting',
  ConsistentRead: true,
  KeyConditionExpression: 'destination = :destination',
  ExpressionAttributeValues: { ':destination': { S: destination } },
  ...more,
});

async function readPages(destination: string, pages: Pages): Promise<Entry[]> {
  const found: Entry[] = [];
  let start: Item | undefined;
  for (let page = 0; page < MOST_PAGES && found.length < MOST_ENTRIES; page += 1) {
    const { Items = [], LastEvaluatedKey } = await pages(destination, { ExclusiveStartKey: start });
    found.push(...Items.flatMap(entryIn));
    if (!LastEvaluatedKey) break;
    start = LastEvaluatedKey;
  }
  return found;
}

/** Critical events are read first, however much else waits: their numbers are negative. */
const AHEAD = 1e15;
const ahead = ({ card }: Entry): number => (card.severity === 'critical' ? AHEAD : 0);

/** Refused when there is, or was, an entry of this key; a dead one comes to life again. */
const putOf = (table: string, destination: string, entry: Entry): PutItemCommand =>
  new PutItemCommand({
    TableName: table,
    Item: {
      ...keyOf(destination, entry.key),
      waiting: { N: String(entry.since - ahead(entry)) },
      content: { B: packed(entry) },
    },
    ConditionExpression: 'attribute_not_exists(entry) OR outcome = :dead',
    ExpressionAttributeValues: { ':dead': { S: 'dead' } },
  });

function isRefused(error: unknown): false {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
}

const keyOf = (destination: string, key: string): Item => ({
  destination: { S: destination },
  entry: { S: `event#${key}` },
});

const itemOf = (destination: string, { key, outcome, message }: Mark, now: number): Item => ({
  ...keyOf(destination, key),
  outcome: { S: outcome },
  expires: { N: String(Math.floor(now / 1000) + REMEMBERED) },
  ...(message && { message: { S: message } }),
});

const entryIn = ({ content }: Item): Entry[] => (content?.B ? [unpacked(content.B)] : []);
