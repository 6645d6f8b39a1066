import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  type Put,
  PutItemCommand,
  type Update,
} from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../dynamodb';

export const TableName = 'cases';
const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

/** A database with one table and a clock that stands still: what the tests of this folder stand on. */
export async function openCasesTable() {
  const log: string[] = [];
  let time = Date.parse('2026-11-20T08:00:00Z');
  const surroundings = { account: ACCOUNT, now: () => time, log: (line: string) => void log.push(line) };
  const database = await startDynamoDb(surroundings, REGION);
  const credentials = { accessKeyId: `AKIA${ACCOUNT}CASE`, secretAccessKey: 'x' };
  const client = new DynamoDBClient({ region: REGION, endpoint: database.url, credentials });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'team'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-team',
          KeySchema: [{ AttributeName: 'team', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );

  return {
    log,
    client,
    database,
    now: () => time,
    pass(milliseconds: number): void {
      time += milliseconds;
    },
    put: (pk: string, more = {}) =>
      client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, count: { N: '0' }, ...more } })),
    get: async (pk: string) =>
      (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead: true }))).Item,
    async close(): Promise<void> {
      client.destroy();
      await database.close();
    },
  };
}

export type CasesTable = Awaited<ReturnType<typeof openCasesTable>>;

/** Adds one to an item's count. */
export const increment = (pk: string): Update => ({
  TableName,
  Key: { pk: { S: pk } },
  UpdateExpression: 'ADD #c :one',
  ExpressionAttributeNames: { '#c': 'count' },
  ExpressionAttributeValues: { ':one': { N: '1' } },
});

/** Takes an item that nobody has taken. */
export const claim = (pk: string, owner: string): Put => ({
  TableName,
  Item: { pk: { S: pk }, owner: { S: owner } },
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});
