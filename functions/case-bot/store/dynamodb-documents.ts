import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';

/** Partition and sort key. */
export type DocumentKey = readonly [pk: string, sk: string];

export interface StoredDocument<T> {
  key: DocumentKey;
  content: T;
  version: number;
}

export interface PutOptions {
  /** Writes only if this version is stored; 0: only if there is no document. Absent: always. */
  version?: number;
  /** Seconds since 1970; DynamoDB deletes the document after that. */
  expiresAt?: number;
  /** Makes the document available by its case number. */
  displayId?: string;
}

/** JSON documents in one table. Versions detect concurrent writes. */
export interface DocumentStore {
  get<T>(key: DocumentKey): Promise<StoredDocument<T> | undefined>;
  /** Returns the new version; undefined if another version is stored. */
  put(key: DocumentKey, content: unknown, put?: PutOptions): Promise<number | undefined>;
  remove(key: DocumentKey): Promise<void>;
  /** The documents of a partition whose sort keys start with the prefix. */
  list<T>(pk: string, prefix: string): Promise<StoredDocument<T>[]>;
  /** By the index of case numbers, which is eventually consistent. */
  getByDisplayId<T>(displayId: string): Promise<StoredDocument<T> | undefined>;
}

type Item = Record<string, AttributeValue>;

export function createDocumentStore(client: DynamoDBClient, TableName: string, now: () => number): DocumentStore {
  return {
    async get(key) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true }));
      return Item && read(Item);
    },
    async put(key, content, { version, expiresAt, displayId } = {}) {
      const stamp = randomUUID();
      const next = (version ?? now()) + 1;
      const Item = itemOf(key, content, { next, stamp, expiresAt, displayId });
      const put = new PutItemCommand({ TableName, Item, ...conditionOn(version) });
      return client.send(put).then(
        () => next,
        (error) => (isOwnWrite(error, stamp) ? next : undefined),
      );
    },
    async remove(key) {
      await client.send(new DeleteItemCommand({ TableName, Key: keyOf(key) }));
    },
    async list(pk, prefix) {
      const found: Item[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page: QueryCommandOutput = await client.send(
          new QueryCommand({ TableName, ...partition(pk, prefix), ConsistentRead: true, ExclusiveStartKey }),
        );
        found.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found.map((item) => read(item));
    },
    async getByDisplayId(displayId) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-display-id',
          KeyConditionExpression: 'displayId = :id',
          ExpressionAttributeValues: { ':id': { S: displayId } },
          Limit: 1,
        }),
      );
      return Items[0] && read(Items[0]);
    },
  };
}

const keyOf = ([pk, sk]: DocumentKey): Item => ({ pk: { S: pk }, sk: { S: sk } });

const partition = (pk: string, prefix: string) => ({
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': { S: pk }, ':prefix': { S: prefix } },
});

function conditionOn(version: number | undefined) {
  if (version === undefined) return {};
  const ReturnValuesOnConditionCheckFailure = 'ALL_OLD' as const;
  if (version === 0) return { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure };
  const ExpressionAttributeValues = { ':version': { N: String(version) } };
  return { ConditionExpression: 'version = :version', ExpressionAttributeValues, ReturnValuesOnConditionCheckFailure };
}

function itemOf(
  key: DocumentKey,
  content: unknown,
  more: { next: number; stamp: string; expiresAt?: number; displayId?: string },
): Item {
  return {
    ...keyOf(key),
    content: { S: JSON.stringify(content) },
    version: { N: String(more.next) },
    stamp: { S: more.stamp },
    ...(more.expiresAt !== undefined && { expires: { N: String(Math.floor(more.expiresAt)) } }),
    ...(more.displayId && { displayId: { S: more.displayId } }),
  };
}

function read<T>(item: Item): StoredDocument<T> {
  return {
    key: [item.pk?.S ?? '', item.sk?.S ?? ''],
    content: JSON.parse(item.content?.S ?? 'null') as T,
    version: Number(item.version?.N ?? 0),
  };
}

/** After a lost response the SDK writes again, and finds the result of its own first write: the stamps are equal. */
function isOwnWrite(error: unknown, stamp: string): boolean {
  if (error instanceof ConditionalCheckFailedException) return error.Item?.stamp?.S === stamp;
  throw error;
}
