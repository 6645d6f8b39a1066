import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type LocalAws, startAws } from '../../../local/aws/start-aws';
import { readTemplate } from '../../../local/stack/template';
import { createDynamoDbOutbox, type Tables } from './dynamodb-outbox';
import type { Outbox } from './outbox';

/** The outbox's two tables as in the template, in a DynamoDB emulator of one test file. */
export interface EmulatedTables {
  aws: LocalAws;
  client: DynamoDBClient;
  tables: Tables;
  /** The DynamoDB outbox in these tables. @param now ms since 1970 */
  open(now?: () => number): Outbox;
  close(): Promise<void>;
}

const TABLES: Tables = { outbox: 'OutboxTable', destinations: 'DestinationTable' };

/** @param maxAttempts of each request, as the SDK counts them. */
export async function emulateTables(maxAttempts = 8): Promise<EmulatedTables> {
  const aws = await startAws();
  const client = new DynamoDBClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'local' },
    maxAttempts,
  });
  const { resources } = await readTemplate('template.yaml');
  for (const TableName of Object.values(TABLES)) {
    const { AttributeDefinitions, KeySchema, LocalSecondaryIndexes } = resources[TableName]?.properties ?? {};
    // CloudFormation's shapes are those of the API.
    const shape = { AttributeDefinitions, KeySchema, LocalSecondaryIndexes } as Partial<CreateTableCommandInput>;
    await client.send(new CreateTableCommand({ ...shape, TableName, BillingMode: 'PAY_PER_REQUEST' }));
  }
  return {
    aws,
    client,
    tables: TABLES,
    open: (now = Date.now) => createDynamoDbOutbox(client, TABLES, now),
    async close() {
      client.destroy();
      await aws.close();
    },
  };
}
