import { CreateTableCommand, DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../../local/aws/dynamodb';
import { createInterceptor } from '../../../local/aws/faults';
import { caseStoreContract, type OpenedStore } from './case-store.contract';
import { createDynamoDbCaseStore } from './dynamodb-case-store';
import { createDocumentStore } from './dynamodb-documents';
import { createMemoryCaseStore } from './memory-case-store';

const START = Date.parse('2026-11-20T08:00:00Z');
const TableName = 'cases';
const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

async function openMemory(): Promise<OpenedStore> {
  const clock = { now: START };
  const store = createMemoryCaseStore(() => clock.now);
  return { store, clock, expire: async () => undefined, close: async () => undefined };
}

async function openDynamoDb() {
  const clock = { now: START };
  const now = () => clock.now;
  const interceptor = createInterceptor();
  const database = await startDynamoDb({ account: ACCOUNT, now, log: () => undefined, interceptor }, REGION);
  const credentials = { accessKeyId: `AKIA${ACCOUNT}CASE`, secretAccessKey: 'x' };
  const client = new DynamoDBClient({ region: REGION, endpoint: database.url, credentials });
  await client.send(new CreateTableCommand(TABLE));
  const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  return {
    store: createDynamoDbCaseStore(createDocumentStore(client, TableName, now), now, 400),
    clock,
    expire: () => database.sweep(),
    loseResponse: (operation: string) => interceptor.setFault('dynamodb', { kind: 'lost', operation, times: 1 }),
    async close() {
      client.destroy();
      await database.close();
    },
  };
}

/** The table of the template. */
const TABLE: ConstructorParameters<typeof CreateTableCommand>[0] = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'displayId'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-display-id',
      KeySchema: [{ AttributeName: 'displayId', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

caseStoreContract('the case store in memory', openMemory);
caseStoreContract('the case store in DynamoDB', openDynamoDb);

it('a conditional write whose response was lost, and which the SDK repeats, is not taken for a conflict', async () => {
  const { store, loseResponse, close } = await openDynamoDb();
  for (const state of ['new', 'busy']) {
    loseResponse('PutItem');
    expect((await store.claimMessage('lost')).state).toBe(state);
  }
  await close();
});
