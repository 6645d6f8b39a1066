import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { arnOf, type CreatedResource, type CreateResource, defaultName, type StackContext } from '../context';
import type { Properties } from '../values';
import { type Mapping, mappingOf, textOf } from '../values';

const UNUSED = [
  ...['BillingMode', 'ProvisionedThroughput', 'OnDemandThroughput', 'PointInTimeRecoverySpecification', 'TableClass'],
  ...['SSESpecification', 'DeletionProtectionEnabled', 'ContributorInsightsSpecification', 'Tags'],
];
const SHAPE = ['AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

/** AWS::DynamoDB::Table. Every table is on demand. */
export const createTable: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown(['TableName', 'TimeToLiveSpecification', ...SHAPE, ...UNUSED]);
  const created = await create(id, properties, context, {
    AttributeDefinitions: properties.list('AttributeDefinitions'),
    KeySchema: properties.list('KeySchema'),
    ...indexesOf(properties, 'GlobalSecondaryIndexes'),
    ...indexesOf(properties, 'LocalSecondaryIndexes'),
  });
  await expire(context.clients.dynamodb, created.ref, properties.mapping('TimeToLiveSpecification'));
  return created;
};

async function create(
  id: string,
  properties: Properties,
  context: StackContext,
  shape: Mapping,
): Promise<CreatedResource> {
  const TableName = properties.text('TableName') ?? defaultName(id, context);
  const client = context.clients.dynamodb;
  // CloudFormation's shapes are those of the API, and the API checks them.
  const input = { TableName, BillingMode: 'PAY_PER_REQUEST', ...shape } as CreateTableCommandInput;
  await client.send(new CreateTableCommand(input));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 }, { TableName });
  return { ref: TableName, attributes: { Arn: arnOf('dynamodb', `table/${TableName}`, context) } };
}

function indexesOf(properties: Properties, name: string): Mapping {
  const indexes = properties.list(name).map((index) => {
    const { IndexName, KeySchema, Projection } = mappingOf(index, name);
    return { IndexName, KeySchema, Projection };
  });
  return indexes.length > 0 ? { [name]: indexes } : {};
}

async function expire(client: DynamoDBClient, TableName: string, { AttributeName, Enabled }: Mapping): Promise<void> {
  if (String(Enabled) !== 'true') return;
  const specification = { AttributeName: textOf(AttributeName, 'AttributeName'), Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: specification }));
}
