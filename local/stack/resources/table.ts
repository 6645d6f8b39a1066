import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type Mapping, mappingOf, textOf } from '../mapping';
import type { Properties } from '../properties';
import { arnOf, type CreatedResource, type CreateResource, defaultName, type StackContext } from '../site';

const UNUSED = [
  ...['BillingMode', 'ProvisionedThroughput', 'OnDemandThroughput', 'PointInTimeRecoverySpecification', 'TableClass'],
  ...['SSESpecification', 'DeletionProtectionEnabled', 'ContributorInsightsSpecification', 'Tags'],
];
const SHAPE = ['AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];

/** AWS::DynamoDB::Table. Throughput is not emulated: every table is on demand. */
export const createTable: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['TableName', 'TimeToLiveSpecification', ...SHAPE, ...UNUSED]);
  const created = await create(id, properties, site, {
    AttributeDefinitions: properties.list('AttributeDefinitions'),
    KeySchema: properties.list('KeySchema'),
    ...indexesOf(properties, 'GlobalSecondaryIndexes'),
    ...indexesOf(properties, 'LocalSecondaryIndexes'),
  });
  await expire(site.clients.dynamodb, created.ref, properties.mapping('TimeToLiveSpecification'));
  return created;
};

/** AWS::Serverless::SimpleTable: one key, by default the string `id`. */
export const createSimpleTable: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['TableName', 'PrimaryKey', ...UNUSED]);
  const { Name = 'id', Type = 'String' } = properties.mapping('PrimaryKey');
  return create(id, properties, site, {
    AttributeDefinitions: [{ AttributeName: Name, AttributeType: textOf(Type, 'PrimaryKey: Type').charAt(0) }],
    KeySchema: [{ AttributeName: Name, KeyType: 'HASH' }],
  });
};

async function create(
  id: string,
  properties: Properties,
  site: StackContext,
  shape: Mapping,
): Promise<CreatedResource> {
  const TableName = properties.text('TableName') ?? defaultName(id, site);
  const client = site.clients.dynamodb;
  /** CloudFormation's shapes are those of the API; what is wrong in them the API refuses. */
  const input = { TableName, BillingMode: 'PAY_PER_REQUEST', ...shape } as CreateTableCommandInput;
  await client.send(new CreateTableCommand(input));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 }, { TableName });
  return { ref: TableName, attributes: { Arn: arnOf('dynamodb', `table/${TableName}`, site) } };
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
