import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type DestinationState, INITIAL_STATE } from '../delivery/state';
import {
  AHEAD,
  type DynamoDbItem,
  entryKey,
  incidentItem,
  incidentKey,
  parseEntry,
  parseIncident,
  processedItem,
  putEntry,
  readItems,
  writeItems,
} from './dynamodb-items';
import type { Entry, Outbox } from './outbox';

/** Names of the outbox's two tables. */
export interface Tables {
  /** Keys `destination` and `entry`; local index `waiting` on the number of that name; time to live `expires`. */
  outbox: string;
  /** Key `destination`. */
  destinations: string;
}

/** Longer than SQS keeps a message in a queue (4 days here) and then in its dead-letter queue (14). */
const PROCESSED_TTL_SECONDS = 30 * 86_400;
/** A scheduled change may be announced that long before. */
const INCIDENT_TTL_SECONDS = 90 * 86_400;

/**
 * The outbox in DynamoDB. A pending entry is an item with the number `waiting`, which puts it into the index of that name: a local
 * index, because no other can be read consistently. Of a processed entry only the key is left, until it expires.
 * @param now ms since 1970
 */
export function createDynamoDbOutbox(client: DynamoDBClient, tables: Tables, now: () => number): Outbox {
  const expiresIn = (seconds: number) => ({ N: String(Math.floor(now() / 1000) + seconds) });
  return {
    ...pendingEntries(client, tables.outbox),
    ...destinationStates(client, tables.destinations),
    async markProcessed(destination, processed, incidents) {
      const [known, ended] = [expiresIn(INCIDENT_TTL_SECONDS), expiresIn(PROCESSED_TTL_SECONDS)];
      const stored = [...incidents].map((incident) => incidentItem(destination, incident, known));
      await writeItems(client, tables.outbox, stored);
      const marks = processed.map((entry) => processedItem(destination, entry, ended));
      await writeItems(client, tables.outbox, marks);
    },
    async incidents(destination, names) {
      const keys = [...new Set(names)].map((name) => incidentKey(destination, name));
      const items = await readItems(client, tables.outbox, keys);
      return new Map(items.flatMap(parseIncident));
    },
  };
}

/** Of 1 MB each: a further delivery reads what is beyond. */
const MAX_PAGES = 8;
const MAX_PENDING = 3_000;

function pendingEntries(
  client: DynamoDBClient,
  table: string,
): Pick<Outbox, 'put' | 'pending' | 'oldestPendingAt' | 'pendingByKey'> {
  const queryPending = (destination: string, more: { ExclusiveStartKey?: DynamoDbItem; Limit?: number }) =>
    client.send(new QueryCommand({ ...pendingQuery(table, destination), ...more }));
  return {
    put: (destination, entry) => client.send(putEntry(table, destination, entry)).then(() => true, isConditionFailed),
    async pending(destination) {
      const found: Entry[] = [];
      let start: DynamoDbItem | undefined;
      for (let page = 0; page < MAX_PAGES && found.length < MAX_PENDING; page += 1) {
        const { Items = [], LastEvaluatedKey } = await queryPending(destination, { ExclusiveStartKey: start });
        found.push(...Items.flatMap(parseEntry));
        if (!LastEvaluatedKey) break;
        start = LastEvaluatedKey;
      }
      return found;
    },
    async oldestPendingAt(destination) {
      const { Items = [] } = await queryPending(destination, { Limit: 1 });
      const first = Items[0] && Number(Items[0].waiting?.N);
      return first !== undefined && first < 0 ? first + AHEAD : first;
    },
    async pendingByKey(destination, keys) {
      const items = await readItems(
        client,
        table,
        keys.map((key) => entryKey(destination, key)),
      );
      return items.flatMap(parseEntry);
    },
  };
}

const pendingQuery = (table: string, destination: string) => ({
  TableName: table,
  IndexName: 'waiting',
  ConsistentRead: true,
  KeyConditionExpression: 'destination = :destination',
  ExpressionAttributeValues: { ':destination': { S: destination } },
});

function isConditionFailed(error: unknown): false {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
}

/** The state of a destination is one item. Its version makes a write a compare-and-set. */
function destinationStates(
  client: DynamoDBClient,
  table: string,
): Pick<Outbox, 'readState' | 'saveState' | 'destinations'> {
  return {
    async readState(destination) {
      const Key = { destination: { S: destination } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item?.content?.S ? (JSON.parse(Item.content.S) as DestinationState) : INITIAL_STATE;
    },
    async saveState(destination, state) {
      const stored = { ...state, version: state.version + 1 };
      const stamp = randomUUID();
      return client.send(putState(table, destination, stored, stamp)).then(
        () => stored,
        (error) => (isOwnWrite(error, stamp) ? stored : undefined),
      );
    },
    async destinations() {
      const found: string[] = [];
      let ExclusiveStartKey: DynamoDbItem | undefined;
      do {
        const scan = { TableName: table, ProjectionExpression: 'destination', ConsistentRead: true, ExclusiveStartKey };
        const page: ScanCommandOutput = await client.send(new ScanCommand(scan));
        found.push(...(page.Items ?? []).flatMap(({ destination }) => destination?.S ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found;
    },
  };
}

/** Fails its condition when another version than the one before is stored. @param stamp is stored with it */
const putState = (table: string, destination: string, state: DestinationState, stamp: string): PutItemCommand =>
  new PutItemCommand({
    TableName: table,
    Item: {
      destination: { S: destination },
      content: { S: JSON.stringify(state) },
      version: { N: String(state.version) },
      stamp: { S: stamp },
    },
    ConditionExpression: 'attribute_not_exists(version) OR version = :before',
    ExpressionAttributeValues: { ':before': { N: String(state.version - 1) } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });

/** When the answer to a write is lost, the SDK repeats the write, and the repetition meets the first one's item. */
function isOwnWrite(error: unknown, stamp: string): boolean {
  if (error instanceof ConditionalCheckFailedException) return error.Item?.stamp?.S === stamp;
  throw error;
}
