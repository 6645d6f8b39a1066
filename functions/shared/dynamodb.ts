import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * The client for all tables of a function. More attempts than the SDK's three: a throttled write must not make a message that was
 * sent, or a case that was opened, look as if it were not.
 */
export const createDynamoDbClient = (): DynamoDBClient => new DynamoDBClient({ maxAttempts: 8 });
